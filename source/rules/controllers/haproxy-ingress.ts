import {refusedConfiguration} from './haproxy-ingress/refused.ts';
import {plainHost, withRootDot} from '../host-match.ts';
import {memoizeText} from '../memo.ts';
import {taken, type RouteDecision, type RouteInput, type RuleRef} from '../ingress/decision.ts';
import {longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type Reading} from '../ingress/route-by.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {tlsEntriesFor} from '../ingress/tls-entries.ts';
import {haproxyAnswers} from './answers.ts';
import {byClassObject, isOn} from './classes.ts';
import {redirectCode, redirectedToHttps} from './https-redirect.ts';
import {specProfile} from './gateway-profile.ts';
import {admitted, doubtOf} from './haproxy-ingress/access.ts';
import {annotationOf} from './haproxy-ingress/annotations.ts';
import {fitPath, orderAmongTypes, usualTypeOrder} from './haproxy-ingress/paths.ts';
import {servicePort} from './haproxy-ingress/ports.ts';
import {redirectTo} from './haproxy-ingress/redirects.ts';
import {byAnnotation} from './spoken-protocol.ts';
import type {ControllerRecord} from './record.ts';
import type {Claimant} from './ingress-side.ts';

const controllerName = 'haproxy-ingress.github.io/controller';

const reading: Reading = {
	paths: {Exact: fitPath, Prefix: fitPath, ImplementationSpecific: fitPath},
	order: longerFirst,
	// Maps of hosts and paths together: what is not found for a host is looked for among wildcards, then without a host.
	isolatesHosts: false,
	pathFirst: true,
	byTlsHost: true,
	leavesOutBroken: true,
	defaults: 'oldest',
};

/** jcmoraisjr/haproxy-ingress. */
export const haproxyIngress: ControllerRecord = {
	implementation: 'HAProxy Ingress',
	sources: [
		'jcmoraisjr/haproxy-ingress 0.14: docs/content/en/docs/configuration/command-line.md, pkg/converters/ingress, pkg/haproxy/config.go, pkg/haproxy/types/maps.go, rootfs/etc/templates/haproxy/haproxy.tmpl',
		'a running HAProxy Ingress 0.14.0',
	],
	images: ['jcmoraisjr/haproxy-ingress', 'haproxy-ingress'],
	names: ['haproxy-ingress'],
	flags: [],
	managed: false,
	annotations: ['haproxy-ingress.github.io/'],
	// Global keys of the ConfigMap, and the defaults of the annotations (configuration keys).
	settings: {
		type: 'keys',
		flag: 'configmap',
		usualNames: ['haproxy-ingress'],
		mayBe: {'ssl-redirect': 'false', 'strict-host': 'true', 'path-type-order': 'regex,begin,prefix,exact'},
	},
	ingress: {
		profile: 'haproxy-ingress',
		controllerNames: [controllerName, `${controllerName}/`],
		speaks: byAnnotation(
			'haproxy-ingress.github.io/backend-protocol',
			'haproxy-ingress.github.io/secure-backends',
			'ingress.kubernetes.io/backend-protocol',
			'ingress.kubernetes.io/secure-backends',
		),
		annotationClasses: ['haproxy'],
		classFlag: 'ingress-class',
		takes,
		route,
		refusedConfiguration,
		leavesOutBroken: true,
		portOf: servicePort,
		tls: {withoutEntry: 'not-found'},
		bypassesProxy: () => true,
		// createEndpoints, createEndpointSlices (pkg/converters/utils/services.go).
		chooses: 'ready',
		// A path to a missing Service or port is left out (seen on 0.14.0).
		answers: () => ({...haproxyAnswers, 'no-backend': 'http-404'}),
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['haproxy-ingress.github.io/'],
		gatewayLabels: [],
		names: ['haproxy-ingress'],
		bypassesProxy: true,
		profile: () => specProfile,
		answers: () => haproxyAnswers,
	},
};

/** The annotation comes first (`--ingress-class-precedence` changes that). */
function takes(requested: RequestedClass, claimant: Claimant): boolean | undefined {
	const {flags} = claimant;
	const own = flags['ingress-class'] || 'haproxy';
	const suffix = flags['controller-class'];
	const controllers = [suffix ? `${controllerName}/${suffix}` : controllerName];
	const byObject = (): boolean | undefined =>
		byClassObject(requested, claimant, {controllers, usualNames: [own]});
	if (requested.className !== undefined && isOn(flags['ingress-class-precedence'])) {
		return byObject();
	}

	return requested.annotation === undefined
		? requested.className === undefined
			? isOn(flags['watch-ingress-without-class'])
			: byObject()
		: requested.annotation === own;
}

/** `path-type-order` is for the whole of it; `strict-host` keeps a request with the rules of its host. */
const decideBy = memoizeText((key: string) => {
	const [order = '', strictHost = ''] = key.split(' ');
	return routeBy({
		all: [
			{
				...reading,
				orderAmong: orderAmongTypes(order === '' ? usualTypeOrder : order.split(',')),
				isolatesHosts: strictHost === 'true',
			},
		],
	});
});

function route(input: RouteInput): RouteDecision {
	const {request, settings} = input;
	const typeOrder = (settings['path-type-order'] ?? '').replaceAll(/\s/gu, '').toLowerCase();
	const decide = decideBy(`${typeOrder} ${settings['strict-host'] ?? ''}`);
	// Seen on 0.14.0: the dot of the root stays in the Host header, and no rule fits.
	const named = {...input, request: {...request, host: withRootDot(request)}};
	// These stand in the frontend, before certificates and backends are looked at (haproxy.tmpl).
	const {matched: early} = decide({...named, secureHosts: undefined});
	const redirect = early && redirectTo(early, request);
	if (early && redirect) {
		return {...taken(early), redirect};
	}

	const decision = decide(named);
	return decision.matched ? guarded(decision, decision.matched, input) : decision;
}

/** What annotations let a request through to the backend of its rule. */
function guarded(decision: RouteDecision, matched: RuleRef, input: RouteInput): RouteDecision {
	const {request, settings} = input;
	if (request.scheme === 'http' && redirects(matched, input)) {
		return redirectedToHttps(decision, request, redirectCode(settings['ssl-redirect-code'], 302));
	}

	return admitted(matched) === 'nobody'
		? {...decision, backends: [], status: 403}
		: {...decision, assumption: decision.assumption ?? doubtOf(matched, request.scheme)};
}

/** The host of the rule has TLS by any Ingress (buildBackendSSLRedirect), or its connections are passed on. */
function redirects({ingress, host, value = ''}: RuleRef, {ingresses, settings}: RouteInput): boolean {
	const own = plainHost(host);
	const hasTls = host !== '' && tlsEntriesFor(ingresses)(host).some((entry) => entry.host === own);
	const isPassedThrough = annotationOf(ingress, 'ssl-passthrough') === 'true';
	const given = annotationOf(ingress, 'ssl-redirect') ?? settings['ssl-redirect'];
	const onHttp = (settings['no-tls-redirect-locations'] ?? '/.well-known/acme-challenge')
		.split(',')
		.map((prefix) => prefix.trim())
		.filter((prefix) => prefix !== '');
	return (
		(hasTls || isPassedThrough) && given !== 'false' && !onHttp.some((prefix) => value.startsWith(prefix))
	);
}
