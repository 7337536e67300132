import {routeBySpec} from '../ingress/spec.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {haproxyAnswers} from './answers.ts';
import {byClassObject, hasDefaultClass, isOn} from './classes.ts';
import {specProfile} from './gateway-profile.ts';
import {pathTypes} from './path-types.ts';
import type {Claimant, ControllerRecord} from './record.ts';

const controllerName = 'haproxy.org/ingress-controller';

/** haproxytech/kubernetes-ingress. */
export const haproxyTech: ControllerRecord = {
	implementation: 'HAProxy Kubernetes Ingress Controller',
	sources: ['haproxytech/kubernetes-ingress 3.1: pkg/ingress/ingress.go'],
	images: ['haproxytech/kubernetes-ingress'],
	names: ['kubernetes-ingress'],
	flags: ['ingress.class', 'configmap-tcp-services'],
	managed: false,
	annotations: ['haproxy.org/'],
	ingress: {
		profile: 'spec',
		controllerNames: [controllerName, `${controllerName}/`],
		annotationClasses: ['haproxy'],
		classFlag: 'ingress.class',
		takes,
		route: routeBySpec,
		bypassesProxy: () => true,
		answers: () => haproxyAnswers,
		unknowns: () => [pathTypes],
	},
	gateway: {
		controllerNames: ['haproxy.org/'],
		gatewayLabels: [],
		names: ['kubernetes-ingress'],
		bypassesProxy: true,
		profile: () => specProfile,
	},
};

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
