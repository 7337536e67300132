import {asksFirst, authService} from './haproxy-ingress/external-auth.ts';
import {refusedConfiguration} from './haproxy-ingress/refused.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {haproxyAnswers} from './record/answers.ts';
import {byClassObject, isOn} from './record/classes.ts';
import {specProfile} from './record/gateway-profile.ts';
import {otherHosts} from './haproxy-ingress/aliases.ts';
import {annotationOf, booleanOf} from './haproxy-ingress/annotations.ts';
import {saidOfBackend} from './haproxy-ingress/backends.ts';
import {passesTls} from './haproxy-ingress/hosts.ts';
import {servicePort} from './haproxy-ingress/ports.ts';
import type {ControllerRecord} from './record/record.ts';
import type {Flags} from './record/facts.ts';
import type {Claimant, ProtocolInput, SpokenProtocol} from './record/ingress-side.ts';
import {route} from './haproxy-ingress/route.ts';
import {sendsNothing} from './haproxy-ingress/sends-nothing.ts';

const controllerName = 'haproxy-ingress.github.io/controller';

/** jcmoraisjr/haproxy-ingress. */
export const haproxyIngress: ControllerRecord = {
	implementation: 'HAProxy Ingress',
	sources: [
		'jcmoraisjr/haproxy-ingress 0.14: docs/content/en/docs/configuration/command-line.md, pkg/converters/ingress, pkg/haproxy/config.go, pkg/haproxy/types/maps.go, rootfs/etc/templates/haproxy/haproxy.tmpl',
		'a running HAProxy Ingress 0.14.0',
	],
	images: ['jcmoraisjr/haproxy-ingress', 'haproxy-ingress'],
	names: ['haproxy-ingress'],
	annotations: ['haproxy-ingress.github.io/'],
	sendsNothing,
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
		speaks: spoken,
		passesTls: (ingress) => booleanOf(annotationOf(ingress, 'ssl-passthrough')) === true,
		otherHosts,
		annotationClasses: ['haproxy'],
		classFlag: 'ingress-class',
		namespaceFlag: 'watch-namespace',
		takes,
		route,
		takesUnnamedHosts: true,
		refusedConfiguration,
		passesThrough: asksFirst,
		externalAuth: authService,
		leavesOutBroken: true,
		portOf: servicePort,
		tls: {withoutEntry: 'not-found'},
		bypassesProxy: () => true,
		// CreateEndpoints (pkg/converters/utils/services.go).
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

/** buildBackendProtocol: an unknown protocol leaves it at plain HTTP. */
function spoken({scheme, rule, ingresses, stateOf}: ProtocolInput, flags: Flags): SpokenProtocol {
	if (scheme === 'https' && passesTls(rule, ingresses)) {
		return {tls: true, setBy: 'annotation haproxy-ingress.github.io/ssl-passthrough'};
	}

	const said = (name: string): string | undefined =>
		saidOfBackend({ingresses, backendState: stateOf}, rule, name)?.value ?? flags[name];
	const protocol = said('backend-protocol')?.toLowerCase() ?? '';
	const isKnown = /^(?:|h1|http|h1-ssl|https|h2|grpc|h2-ssl|grpcs)$/u.test(protocol);
	return {
		tls:
			/^(?:h[12]-ssl|https|grpcs)$/u.test(protocol) ||
			(isKnown && booleanOf(said('secure-backends')) === true),
		http2: /^(?:h2|h2-ssl|grpcs?)$/u.test(protocol),
		setBy: 'annotation haproxy-ingress.github.io/backend-protocol',
	};
}
