import type {Ingress} from '../../model/ingress.ts';
import type {HttpRequest} from '../../model/request.ts';
import {askedBy} from '../credentials.ts';
import type {Redirect, RouteDecision, RouteInput, RuleRef} from '../ingress/decision.ts';
import {byElements, byText, exactly} from '../ingress/path-fits.ts';
import {routeBy, type Reading} from '../ingress/route-by.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {haproxyAnswers} from './answers.ts';
import {byClassObject, hasDefaultClass, isOn} from './classes.ts';
import {queryText} from '../query-text.ts';
import {redirectCode} from './https-redirect.ts';
import {specProfile} from './gateway-profile.ts';
import {byAnnotation} from './spoken-protocol.ts';
import type {ControllerRecord} from './record.ts';
import type {Claimant} from './ingress-side.ts';

const controllerName = 'haproxy.org/ingress-controller';

/** The entry of a map of prefixes: a path of type Prefix ends with a slash there, one of ImplementationSpecific does not. */
function keyLength({pathType, value = ''}: RuleRef): number {
	const {length} = value.replace(/\/$/u, '');
	return length === 0 || pathType === 'Prefix' ? length + 1 : length;
}

/** The map `path-exact`, then the longest entry of the map `path-prefix` (pkg/route/route.go, AddHostPathRoute). */
function order(a: RuleRef, b: RuleRef): number {
	const isExact = ({pathType}: RuleRef): number => Number(pathType === 'Exact');
	return isExact(b) - isExact(a) || keyLength(b) - keyLength(a);
}

/** Rules without a host are for hosts that no rule names: `host_match` is then empty (pkg/controller/controller.go). */
const reading: Reading = {
	paths: {
		Exact: exactly,
		Prefix: byElements,
		ImplementationSpecific: (path, urlPath) => byText(path.replace(/\/$/u, ''), urlPath),
	},
	order,
	isolatesHosts: true,
	leavesOutBroken: true,
	defaults: 'any-host',
};

/** haproxytech/kubernetes-ingress. */
export const haproxyTech: ControllerRecord = {
	implementation: 'HAProxy Kubernetes Ingress Controller',
	sources: [
		'haproxytech/kubernetes-ingress 3.2: pkg/ingress/ingress.go, pkg/route/route.go, pkg/controller/controller.go, pkg/service/service.go, pkg/annotations/ingress, pkg/annotations/common/main.go',
	],
	images: ['haproxytech/kubernetes-ingress'],
	names: ['kubernetes-ingress'],
	flags: ['ingress.class', 'configmap-tcp-services'],
	managed: false,
	annotations: ['haproxy.org/'],
	// Its keys are the defaults of annotations (pkg/annotations).
	settings: {
		type: 'keys',
		flag: 'configmap',
		usualNames: ['haproxy-kubernetes-ingress'],
		mayBe: {'ssl-redirect': ['false', 'true']},
	},
	ingress: {
		profile: 'haproxy-tech',
		controllerNames: [controllerName, `${controllerName}/`],
		speaks: byAnnotation('haproxy.org/server-ssl'),
		annotationClasses: ['haproxy'],
		classFlag: 'ingress.class',
		takes,
		route,
		// handlePath: without the Service or its port there is no route, and the default backend answers.
		leavesOutBroken: true,
		passesTls: (ingress) => isOn(valueOf(ingress, 'ssl-passthrough') ?? 'false'),
		bypassesProxy: () => true,
		answers: () => ({...haproxyAnswers, 'no-backend': 'http-404'}),
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['haproxy.org/'],
		gatewayLabels: [],
		names: ['kubernetes-ingress'],
		bypassesProxy: true,
		profile: () => specProfile,
		answers: () => haproxyAnswers,
	},
};

const decide = routeBy({all: [reading]});

/** Redirects stand in the frontends, before a backend is chosen. */
function route(input: RouteInput): RouteDecision {
	const decision = decide(input);
	const {request, settings} = input;
	const own = decision.matched?.ingress;
	if (!own) {
		return decision;
	}

	const settingOf: Setting = (name) => valueOf(own, name) ?? settings[name];
	const redirect = toHttps(own, request, settingOf) ?? toHost(request, settingOf);
	return redirect
		? {...decision, redirect}
		: {
				...decision,
				assumption: decision.assumption ?? doubtOf(settingOf),
				asked: settingOf('auth-type')
					? askedBy('annotation auth-type', own, settingOf('auth-secret') ?? '')
					: undefined,
			};
}

type Setting = (name: string) => string | undefined;

/** httpsRedirect.go: by annotation, else by the ConfigMap, else where the Ingress has TLS; to port 8443 unless told otherwise. */
function toHttps(own: Ingress, request: HttpRequest, settingOf: Setting): Redirect | undefined {
	const said = settingOf('ssl-redirect');
	const {host, urlPath} = request;
	const port = settingOf('ssl-redirect-port') ?? '8443';
	return request.scheme === 'http' && (said ? isOn(said) : own.tls.length > 0)
		? {
				scheme: 'https',
				host,
				status: redirectCode(settingOf('ssl-redirect-code'), 302),
				location: `https://${host}:${port}${urlPath}${queryText(request)}`,
			}
		: undefined;
}

/** hostRedirect.go: to another host, whatever the path. */
function toHost(request: HttpRequest, settingOf: Setting): Redirect | undefined {
	const to = settingOf('request-redirect');
	const {scheme = 'http', host} = /^(?:(?<scheme>https?):\/\/)?(?<host>.+)$/u.exec(to ?? '')?.groups ?? {};
	return host
		? {
				scheme,
				host,
				status: redirectCode(settingOf('request-redirect-code'), 302),
				location: `${scheme}://${host}${request.urlPath}${queryText(request)}`,
			}
		: undefined;
}

/** Why it is not known whether the backend is asked; undefined where nothing stands before it (accessControl.go). */
function doubtOf(settingOf: Setting): string | undefined {
	const list = ['deny-list', 'blacklist', 'allow-list', 'whitelist'].find(settingOf);
	return list && `annotation ${list} lets in some clients, and answers 403 to others`;
}

/** GetValue: an empty annotation is none. */
function valueOf({annotations}: Ingress, name: string): string | undefined {
	return (
		['haproxy.org', 'haproxy.com', 'ingress.kubernetes.io']
			.map((prefix) => annotations[`${prefix}/${name}`])
			.find((value) => value) ?? undefined
	);
}

/** Ingress.Supported: the annotation against `--ingress.class`, else the controller value with that class behind it. */
function takes(requested: RequestedClass, claimant: Claimant): boolean | undefined {
	const {flags} = claimant;
	const own = flags['ingress.class'] ?? '';
	const controllers = [own === '' ? controllerName : `${controllerName}/${own}`];
	if (requested.annotation) {
		return requested.annotation === own;
	}

	if (requested.className !== undefined) {
		return byClassObject(requested, claimant, {controllers, usualNames: [own || 'haproxy']});
	}

	const isOwnDefault = hasDefaultClass(claimant, controllers);
	return own === ''
		? isOwnDefault || !claimant.classes?.some(({isDefault}) => isDefault)
		: isOn(flags['empty-ingress-class']) || isOwnDefault;
}
