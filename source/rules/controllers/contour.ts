import {isDelegated} from './contour/delegation.ts';
import {refusedConfiguration} from './contour/refused.ts';
import {byAppProtocol, upstreamProtocol} from './contour/upstream-protocol.ts';
import type {Ingress} from '../../model/routes/ingress.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import type {RouteDecision, RouteInput, RuleRef} from '../ingress/decision.ts';
import {labelOfWildcard, withRootDot} from '../host-match.ts';
import {rulesOf} from '../ingress/rules.ts';
import {isNoRegex} from '../regex/regex.ts';
import {byElements, byText, byWholeRegex, exactly} from '../ingress/path-fits.ts';
import {envoyPath} from '../ingress/url-path.ts';
import {routeBy, type PathFit, type Reading} from '../ingress/route-by.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {envoyAnswers} from './record/answers.ts';
import {exactPort, type WantedPort} from './record/backend-state.ts';
import {isOn} from './record/classes.ts';
import {redirectedToHttps} from './record/https-redirect.ts';
import {headersOr} from './record/backend-filter.ts';
import {gatewayNameLabel, envoyProfile} from './record/gateway-profile.ts';
import type {ControllerRecord} from './record/record.ts';
import type {Claimant} from './record/ingress-side.ts';

/** IngressProcessor.route: what looks like a regular expression is one, else the text of the path begins so. */
const ownPath: PathFit = (path, urlPath, rule, budget) =>
	isRegex(path) ? !isNoRegex(path) && byWholeRegex(path, urlPath, rule, budget) : byText(path, urlPath);

function isRegex(path: string): boolean {
	return /[\^+*[\]%]/u.test(path);
}

const reading: Reading = {
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: ownPath},
	order,
	isolatesHosts: true,
	// A virtual host of Envoy stands for any depth, and the rules in it for one label.
	manyLabels: 'hides',
	wildcardLabel: labelOfWildcard,
	byTlsHost: true,
	// A default backend is a rule of the virtual host `*`.
	defaults: 'unnamed-hosts',
	// EnsureVirtualHost is called for a route that is made (seen on 1.33.8).
	dropsEmptyHosts: true,
	// The cache of Ingresses is a map, which Go walks in any order.
	tieKey: (rule) => JSON.stringify(conditionOf(rule)),
	leavesOutBroken: true,
	whyNot: ({ingress, rule, path}, {scheme}, input) =>
		scheme === 'http' &&
		ingress.annotations['kubernetes.io/ingress.allow-http'] === 'false' &&
		!forcesTls(ingress)
			? 'its annotation kubernetes.io/ingress.allow-http keeps it from http'
			: whyCut(
					input,
					rulesOf(ingress).filter((each) => each.rule === rule && Number(each.path) <= Number(path)),
				),
	whyNotRemedy:
		'Correct the regular expression; with annotation kubernetes.io/ingress.allow-http, remove it or use https.',
};

/** computeIngressRule: what is no regular expression ends its rule, and paths after it are not read (seen on 1.33.8). */
function whyCut({backendState}: RouteInput, upToIt: readonly RuleRef[]): string | undefined {
	const invalid = upToIt.find(
		({ingress, backend, pathType, value = ''}) =>
			pathType === 'ImplementationSpecific' &&
			isRegex(value) &&
			isNoRegex(value) &&
			backendState(ingress, backend).type === 'ready',
	);
	return invalid && `path ${invalid.value} is no regular expression, and ends the rule there`;
}

/** IngressProcessor.route: Prefix loses its slash at the end; as ImplementationSpecific a path is the beginning of a text. */
function conditionOf({pathType, value}: RuleRef): {readonly rank: number; readonly path: string} {
	const path = value || '/';
	if (pathType === 'Exact') {
		return {rank: 0, path};
	}

	if (pathType === 'ImplementationSpecific') {
		return {rank: isRegex(path) ? 1 : 3, path};
	}

	return path === '/' ? {rank: 3, path} : {rank: 2, path: path.replace(/\/+$/u, '')};
}

/** Exact, then regular expressions, then prefixes, the longest first (internal/sorter). In one Ingress the last of a kind counts. */
function order(a: RuleRef, b: RuleRef): number {
	const [first, second] = [conditionOf(a), conditionOf(b)];
	const byKind = Math.min(first.rank, 2) - Math.min(second.rank, 2);
	const isSame = first.rank === second.rank && first.path === second.path && a.ingress === b.ingress;
	return (
		byKind ||
		second.path.length - first.path.length ||
		first.rank - second.rank ||
		(isSame ? (b.rule ?? 0) - (a.rule ?? 0) || (b.path ?? 0) - (a.path ?? 0) : 0)
	);
}

const decide = routeBy({all: [reading]});

/** annotation.go: `force-ssl-redirect` redirects by 301, and `allow-http: "false"` alone leaves the rules out of http. */
function route(given: RouteInput): RouteDecision {
	// Seen on 1.33.8: `//foo` and `/%66oo` are `/foo`.
	const urlPath = envoyPath(given.request.urlPath);
	const decision = decide({...given, request: {...given.request, host: withRootDot(given.request), urlPath}});
	const request = {...given.request, urlPath};
	return request.scheme === 'http' && decision.matched && forcesTls(decision.matched.ingress)
		? redirectedToHttps(decision, request, 301)
		: decision;
}

function forcesTls({annotations}: Ingress): boolean {
	return annotations['ingress.kubernetes.io/force-ssl-redirect'] === 'true';
}

export const contour: ControllerRecord = {
	implementation: 'Contour',
	isEnvoy: true,
	sources: [
		'projectcontour/contour 1.33: internal/ingressclass/ingressclass.go, internal/dag/ingress_processor.go, internal/dag/gatewayapi_processor.go, internal/sorter/sorter.go, internal/annotation/annotations.go',
		'a running Contour 1.33.8 with Envoy 1.40.0',
	],
	images: ['projectcontour/contour', 'bitnami/contour'],
	names: ['contour'],
	flags: ['ingress-class-name'],
	dataPlane: ['envoy'],
	annotations: ['projectcontour.io/'],
	// config_file.go, cmd/contour/serve.go: flags go before what the file says.
	settings: {
		type: 'file',
		flag: 'config-path',
		usual: [],
		usualNames: ['contour'],
		mayBe: {enableexternalnameservice: 'true'},
	},
	ingress: {
		profile: 'contour',
		controllerNames: ['projectcontour.io/ingress-controller', 'projectcontour.io/contour'],
		speaks: ({service, port}) => upstreamProtocol(service, port),
		annotationClasses: ['contour'],
		classFlag: 'ingress-class-name',
		namespaceFlag: 'watch-namespaces',
		takes,
		route,
		takesUnnamedHosts: true,
		refusedConfiguration,
		// Ingresses and HTTPProxies of a host are one virtual host.
		rankOf(rule) {
			const {rank, path} = conditionOf(rule);
			const fit = rule.host === '' ? 1 : rule.host.startsWith('*') ? 2 : 3;
			return [fit, -Math.min(rank, 2), path.length, -rank];
		},
		leavesOutBroken: true,
		// internal/xdscache/v3/listener.go: without a virtual host no listener (seen on 1.33.8: refused).
		listensForHostsOnly: true,
		portOf: tcpPort,
		// `enableExternalNameService` is off by default.
		whyNotRouted: ({type}, flags) =>
			type === 'ExternalName' && !isOn(flags['enableexternalnameservice'])
				? 'it is of type ExternalName (enableExternalNameService is off)'
				: undefined,
		// computeSecureVirtualhosts goes through the hosts of an entry.
		// computeIngressRule: a rule joins the secure virtual host of its very host, and one without routes is not made.
		tls: {
			withoutEntry: 'handshake-fails',
			missingSecret: 'handshake-fails',
			needsHosts: true,
			needsRules: true,
			// TLSCertAnnotationNamespace (internal/k8s/helpers.go).
			namespaceAnnotation: 'projectcontour.io/tls-cert-namespace',
			delegation: {
				kind: 'TLSCertificateDelegation',
				entries: 'spec.delegations',
				secretField: 'secretName',
				namespacesField: 'targetNamespaces',
				permits: isDelegated,
			},
		},
		bypassesProxy: () => true,
		// endpointslicetranslator.go: an absent `ready` counts as true, and there is no fallback.
		chooses: 'ready',
		// A route to a missing Service or port is left out (seen on 1.33.8).
		answers: () => ({...envoyAnswers, 'no-backend': 'http-404'}),
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['projectcontour.io/'],
		gatewayLabels: ['projectcontour.io/owning-gateway-name', gatewayNameLabel],
		names: ['envoy'],
		bypassesProxy: true,
		chooses: () => 'ready',
		speaks({port: {appProtocol}, routeKind}) {
			// setDefaultServiceProtocol: behind a GRPCRoute of a listener with TLS it is HTTP/2 with TLS.
			return appProtocol === undefined && routeKind === 'GRPCRoute'
				? {http2: true, setBy: 'the kind of the route'}
				: {...byAppProtocol(appProtocol ?? ''), setBy: 'appProtocol of the port'};
		},
		// Seen on 1.33.8. Without a provisioner nobody accepts the class; ExternalName needs enableExternalNameService.
		leavesClassPending: true,
		profile: () => ({
			...envoyProfile,
			readsPath: envoyPath,
			// routeSorter (internal/sorter/sorter.go).
			laterPathFirst: true,
			// gatewayapi_processor.go, hasConflictRoute.
			dropsConflicts: true,
			// httpClusters: a backendRef that does not resolve is passed over (seen on 1.33.8).
			sharesAmongValid: true,
			showsUsualPort: true,
			// redirectRoutes of 1.33 leaves them out (seen on 1.33.8).
			redirectsAnyQuery: true,
			// httpClusters: the rule is passed over, and a host without rules has no filter chain (EnsureSecureVirtualHost).
			leavesOutBare: true,
			tlsByRoutes: true,
			// gatewayGRPCMethodMatchCondition of 1.33.
			grpcByFullName: true,
			// LookupService (internal/dag/cache.go).
			sendsTo: (protocol) => protocol === 'TCP',
			externalNames: 'if-resolved',
			unsupportedFilter: 'ignored',
			// httpClusters: Accepted False, and the backend is served without the filter.
			backendFilter: headersOr('ignored'),
			servesUnsupported: true,
		}),
		answers: () => envoyAnswers,
	},
};

/**
LookupService (internal/dag/cache.go): the first port of the name or number, if it is of TCP. A name is looked up again by its number
(computeIngressRule), where the first port of the number may be another one.
*/
function tcpPort(service: Service, wanted: WantedPort): ServicePort | undefined {
	const port = exactPort(service, wanted);
	const first = service.ports.find((each) => each.port === port?.port);
	return first?.protocol === 'TCP' ? port : undefined;
}

/** MatchesIngress: an annotation, its own first, else the name of the class, against the flag; it reads no IngressClass. */
function takes({className, annotation, ofContour}: RequestedClass, {flags}: Claimant): boolean {
	const requested = (ofContour ?? annotation) || className || '';
	const own = flags['ingress-class-name'];
	return own ? own.split(',').includes(requested) : requested === '' || requested === 'contour';
}
