import type {Ingress} from '../../model/ingress.ts';
import type {RouteDecision, RouteInput} from '../ingress/decision.ts';
import {byElements, byText, exactly, longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type Reading} from '../ingress/route-by.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {haproxyAnswers} from './answers.ts';
import {byClassObject, hasDefaultClass, isOn} from './classes.ts';
import {redirectCode, redirectedToHttps} from './https-redirect.ts';
import {specProfile} from './gateway-profile.ts';
import {byAnnotation} from './spoken-protocol.ts';
import type {ControllerRecord} from './record.ts';
import type {Claimant} from './ingress-side.ts';

const hostFallback = 'whether it looks at rules without a host where a rule names the host';
const controllerName = 'haproxy.org/ingress-controller';

/** Route.AddHostPathRoute: the map `path-exact`, then the longest entry of the map `path-prefix`. */
const reading: Reading = {
	paths: {
		Exact: exactly,
		Prefix: byElements,
		ImplementationSpecific: (path, urlPath) => byText(path.replace(/\/$/u, ''), urlPath),
	},
	order: longerFirst,
	isolatesHosts: true,
	defaults: 'any-host',
};

/** haproxytech/kubernetes-ingress. */
export const haproxyTech: ControllerRecord = {
	implementation: 'HAProxy Kubernetes Ingress Controller',
	sources: ['haproxytech/kubernetes-ingress 3.1: pkg/ingress/ingress.go'],
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
		bypassesProxy: () => true,
		answers: () => haproxyAnswers,
		unknowns: () => [hostFallback],
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

const decide = routeBy({all: [reading, {...reading, isolatesHosts: false}], assumption: hostFallback});

/** httpsRedirect.go: by annotation, else by the ConfigMap, else where the Ingress has TLS. */
function route(input: RouteInput): RouteDecision {
	const decision = decide(input);
	const {request, settings} = input;
	const own = decision.matched?.ingress;
	const said = own && (valueOf(own, 'ssl-redirect') ?? settings['ssl-redirect']);
	const code = own && (valueOf(own, 'ssl-redirect-code') ?? settings['ssl-redirect-code']);
	return own && request.scheme === 'http' && (said ? isOn(said) : own.tls.length > 0)
		? redirectedToHttps(decision, request, redirectCode(code, 302))
		: decision;
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
