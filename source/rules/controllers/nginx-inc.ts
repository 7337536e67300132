import {nginxAnswers} from './record/answers.ts';
import {isOn} from './record/classes.ts';
import {listensOn} from './nginx-inc/listens-on.ts';
import {policiesOfRule} from './nginx-inc/policies.ts';
import {routeByNginxInc} from './nginx-inc/route.ts';
import {byServiceList} from './record/spoken-protocol.ts';
import type {Flags} from './record/facts.ts';
import type {ControllerRecord} from './record/record.ts';
import {isBefore} from '../version.ts';

/** nginx/kubernetes-ingress, of F5. */
export const nginxInc: ControllerRecord = {
	implementation: 'NGINX Ingress Controller (F5)',
	sources: [
		'nginx/kubernetes-ingress 5.5 and 1.12: cmd/nginx-ingress/main.go, internal/k8s/controller.go (HasCorrectIngressClass), configuration.go, validation.go, internal/configs/ingress.go, annotations.go, version1/nginx.ingress.tmpl, template_helper.go',
	],
	images: [
		'nginx/nginx-ingress',
		'nginx-ic/nginx-ingress',
		'nginx-ic/nginx-plus-ingress',
		'nginxinc/kubernetes-ingress',
		'nginx-plus-ingress',
	],
	names: ['nginx-ingress'],
	flags: ['nginx-configmaps', 'nginx-plus', 'enable-custom-resources'],
	annotations: ['nginx.org/', 'nginx.com/'],
	listensOn,
	// Its keys are the defaults of annotations (config_params.go, configmaps.go).
	settings: {
		type: 'keys',
		flag: 'nginx-configmaps',
		usualNames: ['nginx-config', 'nginx-ingress'],
		mayBe: {'ssl-redirect': 'false'},
	},
	ingress: {
		profile: 'nginx-inc',
		controllerNames: ['nginx.org/ingress-controller'],
		refusals: ['Rejected', 'AddedOrUpdatedWithError'],
		refusalEnds: ['Rejected'],
		speaks: byServiceList('nginx.org/ssl-services', 'nginx.org/grpc-services'),
		annotationClasses: ['nginx'],
		classFlag: 'ingress-class',
		// The annotation, else the name of the class, against the flag.
		takes: ({className, annotation}, {flags}) =>
			(annotation || className) === (flags['ingress-class'] || 'nginx'),
		namespaceFlag: 'watch-namespace',
		// Only one of both may be given (flags.go).
		namespaceSelectorFlag: 'watch-namespace-label',
		// getEndpointsForIngressBackend; createUpstream wants a resolver.
		whyNoAlias,
		route: routeByNginxInc,
		guardOf: policiesOfRule,
		whyWins: () => 'being the oldest: it owns the host',
		tls: {
			// The default server has no certificate but that of the flag (nginx.tmpl; flags.go). Before 1.12 it did not start without one.
			withoutEntry: ({flags, version}) =>
				flags['default-server-tls-secret'] || isBefore(version, [1, 12, 0]) ? 'not-found' : 'handshake-fails',
			// `ssl_reject_handshake` (ingress.go, addSSLConfig).
			missingSecret: 'handshake-fails',
			needsHosts: true,
			needsRules: true,
			needsSecret: (flags) => !flags['wildcard-tls-secret'],
		},
		bypassesProxy: () => true,
		sendsToService: ({annotations}) => isOn(annotations['nginx.org/use-cluster-ip'] ?? 'false'),
		// An upstream without servers is one that answers 502 (nginx.tmpl; version1/config.go, NewUpstreamWithDefaultServer).
		answers: () => ({...nginxAnswers, 'no-backend': 'http-502', 'no-endpoints': 'http-502'}),
		unknowns: () => [],
	},
};

/** An ExternalName Service is for Plus, with a resolver in the ConfigMap. */
function whyNoAlias(_externalName: string, flags: Flags): string | undefined {
	return Object.keys(flags).length === 0 || isOn(flags['nginx-plus'] ?? 'false')
		? undefined
		: 'type ExternalName is for NGINX Plus alone';
}
