import {routeBySpec} from '../ingress/spec.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {nginxAnswers} from './answers.ts';
import {isOn} from './classes.ts';
import {gatewayNameLabel, specProfile} from './gateway-profile.ts';
import {pathTypes} from './path-types.ts';
import type {Claimant, ControllerRecord} from './record.ts';

/** Kong/kubernetes-ingress-controller. */
export const kong: ControllerRecord = {
	implementation: 'Kong',
	sources: [
		'Kong/kubernetes-ingress-controller 3.4: internal/annotations, internal/controllers/utils, internal/dataplane/translator/subtranslator/ingress_atc.go',
	],
	images: ['kong/kubernetes-ingress-controller', 'kong/nightly-ingress-controller'],
	names: ['ingress-kong'],
	flags: [],
	dataPlane: ['gateway', 'proxy-kong', 'kong'],
	managed: false,
	annotations: ['konghq.com/'],
	ingress: {
		profile: 'spec',
		controllerNames: ['ingress-controllers.konghq.com/kong'],
		annotationClasses: ['kong'],
		classFlag: 'ingress-class',
		takes,
		route: routeBySpec,
		bypassesProxy: () => true,
		answers: () => ({...nginxAnswers, 'no-endpoints': 'http-503'}),
		unknowns: () => [pathTypes],
	},
	gateway: {
		controllerNames: ['konghq.com/'],
		gatewayLabels: [gatewayNameLabel],
		names: ['gateway', 'kong'],
		bypassesProxy: true,
		profile: () => specProfile,
	},
};

/** Annotation or class name against the flag; without either, where the IngressClass of that name is the default. */
function takes({className, annotation}: RequestedClass, {flags, classes}: Claimant): boolean | undefined {
	const own = flags['ingress-class'] || 'kong';
	if (annotation !== undefined || className !== undefined) {
		return annotation === own || className === own;
	}

	return (
		isOn(flags['process-classless-ingress-v1']) ||
		classes?.some(({name, isDefault}) => name === own && isDefault)
	);
}
