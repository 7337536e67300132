import type {RequestedClass} from '../ingress/requested-class.ts';
import {
	annotationOf,
	asksForPassthrough,
	isCanary,
	passesTls,
	usesServiceAddress,
	otherNamesOf,
} from './ingress-nginx/annotations.ts';
import {backendProtocolOf} from './ingress-nginx/backend-protocol.ts';
import {listensOn} from './ingress-nginx/listens-on.ts';
import {isLoopback} from './ingress-nginx/endpoints.ts';
import {nginxAnswers} from './record/answers.ts';
import {fitsTargetPort, exactPort} from './record/backend-state.ts';
import {byClassObject, isOn} from './record/classes.ts';
import {authService} from './ingress-nginx/access.ts';
import {routeByNginx} from './ingress-nginx/route.ts';
import type {Flags} from './record/facts.ts';
import type {ControllerRecord} from './record/record.ts';
import type {Claimant, ProtocolInput, SpokenProtocol} from './record/ingress-side.ts';

const controllerNames = [
	'k8s.io/ingress-nginx',
	'webapprouting.kubernetes.azure.com/nginx/',
	'webapprouting.kubernetes.azure.com/nginx',
];

/** kubernetes/ingress-nginx, retired in March 2026. */
export const ingressNginx: ControllerRecord = {
	implementation: 'ingress-nginx',
	sources: [
		'kubernetes/ingress-nginx 1.14: internal/ingress/controller/store/store.go, controller.go, endpointslices.go, location.go',
		'kubernetes/ingress-nginx 1.14: test/e2e (annotations, defaultbackend, ingress)',
	],
	images: [
		'ingress-nginx/controller',
		'ingress-nginx/controller-chroot',
		'nginx-ingress-controller',
		'ingress-nginx-controller',
		'kubernetes/ingress-nginx',
	],
	names: ['ingress-nginx'],
	flags: ['ingress-class-by-name'],
	annotations: ['nginx.ingress.kubernetes.io/'],
	listensOn,
	// The keys are the defaults of the annotations (user guide, ConfigMap).
	settings: {
		type: 'keys',
		flag: 'configmap',
		usualNames: ['ingress-nginx-controller'],
		mayBe: {
			'ssl-redirect': 'false',
			'force-ssl-redirect': 'true',
			'annotations-risk-level': ['Critical', 'High', 'Medium'],
		},
	},
	ingress: {
		profile: 'ingress-nginx',
		controllerNames,
		annotationClasses: ['nginx'],
		classFlag: 'ingress-class',
		takes,
		namespaceFlag: 'watch-namespace',
		// It may stand beside no watch-namespace (pkg/flags/flags.go).
		namespaceSelectorFlag: 'watch-namespace-selector',
		otherHosts: otherNamesOf,
		passesTls: (ingress) => asksForPassthrough(ingress),
		route: routeByNginx,
		// It also takes a number or name that equals the targetPort (controller.go serviceEndpoints).
		portOf: (service, wanted) =>
			exactPort(service, wanted) ?? service.ports.find((port) => fitsTargetPort(port, wanted)),
		// externalNamePorts.
		inventsExternalPort: true,
		whyNoAlias: (name) =>
			isLoopback(name) ? `its externalName ${name} means the loopback address` : undefined,
		// endpointslices.go.
		connectsToTargetPort: true,
		needsEndpoints: (ingress, flags) => annotationOf(ingress, 'default-backend', flags) !== undefined,
		sendsToService: (ingress, _service, flags) => usesServiceAddress(ingress, flags),
		bypassesProxy: () => true,
		// endpointslices.go.
		chooses: 'ready',
		isMeantTwin: isCanary,
		passesThrough(ingress, flags) {
			const auth = annotationOf(ingress, 'auth-url', flags);
			return auth ? [`asks ${auth} first (auth-url)`] : [];
		},
		speaks,
		answers: ({flags}) => ({
			...nginxAnswers,
			'no-backend': 'http-503',
			'no-endpoints': 'http-503',
			// The Service that the flag names answers what no rule takes (docs/user-guide/default-backend.md). Its answer is not known.
			'no-rule': flags['default-backend-service'] ? undefined : nginxAnswers['no-rule'],
		}),
		externalAuth: authService,
		unknowns: () => [],
	},
};

function speaks({ingress, scheme}: ProtocolInput, flags: Flags): SpokenProtocol {
	return backendProtocolOf(ingress, scheme === 'https' && passesTls(ingress, flags));
}

/** Store.GetIngressClass: the class by its controller value (or by name), else the annotation, else none if it may. */
function takes(requested: RequestedClass, claimant: Claimant): boolean | undefined {
	const {className, annotation} = requested;
	const {flags} = claimant;
	const own = flags['ingress-class'] || 'nginx';
	if (className !== undefined) {
		const byName = isOn(flags['ingress-class-by-name']) && className === own;
		const controllers = flags['controller-class'] ? [flags['controller-class']] : controllerNames;
		return byName || byClassObject(requested, claimant, {controllers, usualNames: [own]});
	}

	// The annotation is compared with the flag alone: no IngressClass is looked up for it.
	return annotation === undefined ? isOn(flags['watch-ingress-without-class']) : annotation === own;
}
