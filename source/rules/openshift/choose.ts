import type {OpenShiftRoute} from '../../model/routes/openshift-route.ts';
import type {HttpRequest} from '../../model/request.ts';
import {isPassthrough} from './admission.ts';

/** What a router does with a request. `losers`: of the same map and behind the winner, they would fit as well. */
export type RouterChoice =
	| {readonly type: 'redirect'; readonly route: OpenShiftRoute; readonly location: string}
	| {
			readonly type: 'route';
			readonly route: OpenShiftRoute;
			/** TLS goes on to the pods as it comes, or a new one is opened to them. */
			readonly toPods: 'http' | 'https' | 'as-it-comes';
			readonly losers: readonly OpenShiftRoute[];
	  }
	/** Its page "Application is not available": 503. */
	| {readonly type: 'nothing'; readonly otherScheme: readonly OpenShiftRoute[]};

/**
By the maps of the router's HAProxy. Source: openshift/router of 2026-08-04, images/router/haproxy/conf/haproxy-config.template,
pkg/router/template/util/haproxy/map_entry.go.
*/
export function choose(routes: readonly OpenShiftRoute[], request: HttpRequest): RouterChoice {
	const fitting = routes.filter((route) => fits(route, request)).toSorted(inMapOrder);
	return request.scheme === 'http' ? overHttp(fitting, request) : overHttps(fitting, routes, request);
}

function overHttp(fitting: readonly OpenShiftRoute[], request: HttpRequest): RouterChoice {
	const [first] = fitting;
	if (first?.tls?.insecurePolicy === 'Redirect') {
		return {type: 'redirect', route: first, location: `https://${request.host}${request.urlPath}`};
	}

	return routed(
		fitting.filter(
			(route) => !isTls(route) || (!isPassthrough(route) && route.tls?.insecurePolicy === 'Allow'),
		),
		fitting,
	);
}

/** Passthrough is decided by the name of the handshake alone. */
function overHttps(
	fitting: readonly OpenShiftRoute[],
	routes: readonly OpenShiftRoute[],
	{host}: HttpRequest,
): RouterChoice {
	const passed = routes
		.filter((route) => isPassthrough(route) && route.path === '' && fitsHost(route, host))
		.toSorted(inMapOrder);
	return passed.length > 0
		? routed(passed, passed)
		: routed(
				fitting.filter(({tls}) => tls?.termination === 'edge' || tls?.termination === 'reencrypt'),
				fitting,
			);
}

function routed(those: readonly OpenShiftRoute[], fitting: readonly OpenShiftRoute[]): RouterChoice {
	const [route, ...losers] = those;
	return route
		? {type: 'route', route, toPods: spokenTo(route), losers}
		: {type: 'nothing', otherScheme: fitting};
}

function spokenTo(route: OpenShiftRoute): 'http' | 'https' | 'as-it-comes' {
	return isPassthrough(route) ? 'as-it-comes' : route.tls?.termination === 'reencrypt' ? 'https' : 'http';
}

function isTls({tls}: OpenShiftRoute): boolean {
	return tls !== undefined && tls.termination !== '';
}

function fits(route: OpenShiftRoute, {host, urlPath}: HttpRequest): boolean {
	return fitsHost(route, host) && fitsPath(route.path, urlPath);
}

/** `Subdomain`: any one label before the rest of the host (template/util/util.go, generateRouteHostRegexp). */
export function fitsHost({host, wildcardPolicy}: OpenShiftRoute, requested: string): boolean {
	const own = host.toLowerCase();
	if (own === '' || wildcardPolicy !== 'Subdomain') {
		return own !== '' && own === requested;
	}

	const rest = own.slice(own.indexOf('.'));
	return requested.endsWith(rest) && !requested.slice(0, -rest.length).includes('.');
}

/** A whole part of the path, unless it ends with a slash (template/util/util.go, GenerateRouteRegexp). */
export function fitsPath(path: string, urlPath: string): boolean {
	if (path.replaceAll('/', '') === '') {
		return true;
	}

	return path.endsWith('/') ? urlPath.startsWith(path) : urlPath === path || urlPath.startsWith(`${path}/`);
}

/** Lines of a map come in descending order, those of wildcards last (template/util/map_paths.go): of one host the longer path first. */
function inMapOrder(a: OpenShiftRoute, b: OpenShiftRoute): number {
	const wild = (route: OpenShiftRoute) => Number(route.wildcardPolicy === 'Subdomain');
	const [left, right] = [a, b].map(({host, path}) => `${host.toLowerCase()} ${path.replace(/^\/+$/u, '')}(`);
	return wild(a) - wild(b) || (left === right ? 0 : left! > right! ? -1 : 1);
}
