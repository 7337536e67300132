import {routeBySpec} from '../ingress/spec.ts';
import {byClassObject} from './classes.ts';
import {pathTypes} from './path-types.ts';
import type {ControllerRecord} from './record.ts';

const controllerNames = ['azure/application-gateway'];
const annotationClasses = ['azure/application-gateway', 'azure-application-gateway'];

/** Azure/application-gateway-kubernetes-ingress (AGIC). */
export const agic: ControllerRecord = {
	implementation: 'Azure Application Gateway',
	sources: [
		'Azure/application-gateway-kubernetes-ingress 1.8: pkg/appgw/requestroutingrules.go and its tests',
		'Application Gateway documentation: troubleshoot 502',
	],
	images: ['azure-application-gateway/kubernetes-ingress'],
	names: ['ingress-appgw', 'ingress-azure'],
	flags: [],
	managed: true,
	annotations: ['appgw.ingress.kubernetes.io/'],
	ingress: {
		profile: 'spec',
		controllerNames,
		annotationClasses,
		takes: (requested, claimant) =>
			requested.annotation === undefined
				? requested.className !== undefined &&
					byClassObject(requested, claimant, {
						controllers: controllerNames,
						usualNames: annotationClasses,
					})
				: annotationClasses.includes(requested.annotation),
		route: routeBySpec,
		bypassesProxy: () => true,
		// No rule fits: the default pool, which has no members.
		answers: () => ({'no-rule': 'http-502', 'no-endpoints': 'http-502', refused: 'http-502'}),
		unknowns: () => [pathTypes],
	},
};
