import {regexStart} from '../../regex/regex-start.ts';
import {sampleText} from '../../regex/sample-text.ts';
import type {HttpProxy, ValueCondition} from '../../../model/routes/http-proxy.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {contour} from '../../controllers/contour.ts';
import {envoyAnswers} from '../../controllers/record/answers.ts';
import {bareRequest} from '../../bare-request.ts';
import type {RouterOf, RouterRequest} from '../router.ts';
import {regexBudget} from '../../regex/regex.ts';
import {decideByProxies, fitsRoute} from './decide.ts';
import {flattened, type FlatRoute} from './routes.ts';
import {withLeadingSlash} from '../../slashes.ts';

/** Contour's HTTPProxy. */
export const contourProxies: RouterOf<'HTTPProxy'> = {
	kind: 'HTTPProxy',
	sources: [
		'projectcontour/contour 1.33: internal/dag/httpproxy_processor.go, internal/dag/conditions.go, internal/sorter/sorter.go, internal/ingressclass/ingressclass.go, internal/envoy/v3/route.go',
		'envoyproxy/envoy 1.40: source/common/http/header_utility.cc, source/common/router/config_utility.cc',
		'a running Contour 1.33.8 with Envoy 1.40.0',
	],
	servedBy: [contour],
	hostField: 'spec.virtualhost.fqdn',
	wildcard: 'suffix',
	classFlag: 'ingress-class-name',
	// MatchesHTTPProxy: the annotation, else the field, against the flag. A proxy without a class goes to a Contour without the flag.
	takes({annotations, className = ''}, {flags}) {
		const annotation =
			annotations['projectcontour.io/ingress.class'] ?? annotations['kubernetes.io/ingress.class'];
		const requested = annotation || className;
		const own = flags['ingress-class-name'];
		return own ? own.split(',').includes(requested) : requested === '' || requested === 'contour';
	},
	rootsOf: (snapshot, proxy) => rootsOf(snapshot, proxy),
	hostsOf: (_snapshot, {virtualHost}) => (virtualHost ? [virtualHost.fqdn] : []),
	requestsOf: (snapshot, proxy) =>
		rootsOf(snapshot, proxy).flatMap((root) => requestsOf(snapshot, root, proxy)),
	routesTo: ({namespace, routes, tcpProxy, virtualHost}) =>
		[...routes.flatMap(({services}) => services), ...(tcpProxy?.services ?? [])].map(({name}) => ({
			namespace,
			name,
			host: virtualHost?.fqdn ?? '',
		})),
	addressesOf: ({addresses}) => addresses,
	decide: decideByProxies,
	// A Service that cannot be used is left out of its route, which then answers 503.
	answers: () => ({...envoyAnswers, 'no-backend': 'http-503'}),
};

/** Roots whose includes lead to a proxy; a root stands for itself. */
function rootsOf(snapshot: Snapshot, proxy: HttpProxy): readonly HttpProxy[] {
	if (proxy.virtualHost) {
		return [proxy];
	}

	return snapshot
		.list('HTTPProxy')
		.filter((root) => root.virtualHost && flattened(root, finder(snapshot)).visited.includes(proxy));
}

function finder(snapshot: Snapshot): (namespace: string, name: string) => HttpProxy | undefined {
	return (namespace, name) => snapshot.get('HTTPProxy', namespace, name);
}

/** Each route of the tree, and TLS for a root that passes it through; of an included proxy its own routes. */
function requestsOf(snapshot: Snapshot, root: HttpProxy, proxy: HttpProxy): readonly RouterRequest[] {
	const {routes} = flattened(root, finder(snapshot));
	const own = proxy === root ? routes : routes.filter((route) => route.proxy === proxy);
	const requests = own.map((route) => requestFor(root, route));
	return root.tcpProxy || requests.length === 0 ? [plainRequest(root), ...requests] : requests;
}

function plainRequest(root: HttpProxy): RouterRequest {
	const host = root.virtualHost?.fqdn.toLowerCase() ?? '';
	const request = {...bareRequest(root.virtualHost?.tls !== undefined), host};
	return {request, plain: !host.startsWith('*')};
}

function requestFor(root: HttpProxy, flat: FlatRoute): RouterRequest {
	const {path, headers, query, route} = flat;
	const {request: whole, plain} = plainRequest(root);
	// TLS of a tcpproxy never comes to the routes.
	const isTls = root.virtualHost?.tls !== undefined && !root.tcpProxy && !route?.permitInsecure;
	const request: HttpRequest = {
		...whole,
		scheme: isTls ? whole.scheme : 'http',
		port: isTls ? whole.port : 80,
		urlPath:
			path.type === 'regex' ? withLeadingSlash(sampleText(path.value) ?? regexStart(path.value)) : path.value,
		headers: valuesOf(headers),
		query: valuesOf(query),
	};
	return {
		request,
		// A pattern may take no request that can be made up from its text.
		isGuess: fitsRoute(flat, request, regexBudget()) !== true,
		plain: plain && path.type !== 'regex' && headers.length + query.length === 0,
	};
}

function valuesOf(conditions: readonly ValueCondition[]): HttpRequest['headers'] {
	return conditions.filter(({test}) => !test.startsWith('not')).map(({name, value}) => ({name, value}));
}
