import type {RuleRef} from '../ingress/decision.ts';
import {byElements, byText, byWholeRegex, exactly, longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../ingress/route-by.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {envoyAnswers} from './answers.ts';
import {gatewayNameLabel, envoyProfile} from './gateway-profile.ts';
import type {Claimant, ControllerRecord} from './record.ts';

/** IngressProcessor.route: what looks like a regular expression is one, else the text of the path begins so. */
const ownPath: PathFit = (path, urlPath, rule, budget) =>
	isRegex(path) ? byWholeRegex(path, urlPath, rule, budget) : byText(path, urlPath);

function isRegex(path: string): boolean {
	return /[\^+*[\]%]/u.test(path);
}

const reading: Reading = {
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: ownPath},
	// Exact, then regular expressions, then the longest prefix (internal/sorter).
	order: (a, b) => kindRank(a) - kindRank(b) || longerFirst(a, b),
	isolatesHosts: true,
	// A default backend is a rule of the virtual host `*`.
	defaults: 'unnamed-hosts',
	// The cache of Ingresses is a map, which Go walks in any order.
	tiesOpen: true,
	leavesOutBroken: true,
};

function kindRank({pathType, value = ''}: RuleRef): number {
	return pathType === 'Exact' ? 0 : pathType === 'ImplementationSpecific' && isRegex(value) ? 1 : 2;
}

export const contour: ControllerRecord = {
	implementation: 'Contour',
	sources: [
		'projectcontour/contour 1.33: internal/ingressclass/ingressclass.go, internal/dag/ingress_processor.go',
		'a running Contour 1.33.8 with Envoy 1.40.0',
	],
	images: ['projectcontour/contour', 'bitnami/contour'],
	names: ['contour'],
	flags: ['ingress-class-name'],
	dataPlane: ['envoy'],
	managed: false,
	annotations: ['projectcontour.io/'],
	ingress: {
		profile: 'contour',
		controllerNames: ['projectcontour.io/ingress-controller', 'projectcontour.io/contour'],
		speaks({service, port}) {
			const listed = (name: string): boolean =>
				(service.annotations[`projectcontour.io/upstream-protocol.${name}`] ?? '')
					.split(',')
					.map((each) => each.trim())
					.some((each) => each !== '' && (each === port?.name || each === String(port?.port)));
			return {
				tls: listed('tls') || listed('h2'),
				http2: listed('h2') || listed('h2c'),
				setBy: 'annotation projectcontour.io/upstream-protocol.tls of the Service',
			};
		},
		annotationClasses: ['contour'],
		classFlag: 'ingress-class-name',
		takes,
		route: routeBy({all: [reading]}),
		leavesOutBroken: true,
		// `enableExternalNameService` is off by default.
		whyNotRouted: ({type}) =>
			type === 'ExternalName'
				? 'it is of type ExternalName, which enableExternalNameService allows'
				: undefined,
		tls: {withoutEntry: 'handshake-fails', missingSecret: 'handshake-fails'},
		bypassesProxy: () => true,
		// A route to a missing Service or port is left out (seen on 1.33.8).
		answers: () => ({...envoyAnswers, 'no-backend': 'http-404'}),
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['projectcontour.io/'],
		gatewayLabels: ['projectcontour.io/owning-gateway-name', gatewayNameLabel],
		names: ['envoy'],
		bypassesProxy: true,
		// Seen on 1.33.8. Without a provisioner nobody accepts the class; ExternalName needs enableExternalNameService.
		leavesClassPending: true,
		profile: () => ({
			...envoyProfile,
			// gatewayapi_processor.go, hasConflictRoute.
			dropsConflicts: true,
			// redirectRoutes of 1.33 leaves them out (seen on 1.33.8).
			redirectsAnyQuery: true,
			externalNames: 'if-resolved',
			unsupportedFilter: 'ignored',
			servesUnsupported: true,
		}),
		answers: () => envoyAnswers,
	},
};

/** MatchesIngress: the annotation, else the name of the class, against the flag; it reads no IngressClass. */
function takes({className, annotation}: RequestedClass, {flags}: Claimant): boolean {
	const requested = annotation || className || '';
	const own = flags['ingress-class-name'];
	return own ? own.split(',').includes(requested) : requested === '' || requested === 'contour';
}
