import {routeBySpec} from '../ingress/spec.ts';
import {envoyAnswers} from './answers.ts';
import {byClassObject} from './classes.ts';
import {gatewayNameLabel, specProfile} from './gateway-profile.ts';
import {pathTypes} from './path-types.ts';
import type {ControllerRecord} from './record.ts';

const controllerNames = ['istio.io/ingress-controller'];

export const istio: ControllerRecord = {
	implementation: 'Istio',
	sources: [
		'istio.io: Kubernetes Ingress; MeshConfig ingressControllerMode and ingressClass',
		'a running istiod of 2026-08-27 (eed52ebb66ad) with Envoy 1.40.0, Gateway API',
	],
	images: ['istio/pilot', 'pilot'],
	names: ['istiod'],
	flags: [],
	dataPlane: ['istio-ingressgateway', 'istio-ingress'],
	managed: false,
	annotations: [],
	ingress: {
		profile: 'spec',
		controllerNames,
		annotationClasses: ['istio'],
		// ingressControllerMode STRICT is the default of the mesh configuration.
		takes: (requested, claimant) =>
			requested.annotation === undefined
				? requested.className !== undefined &&
					byClassObject(requested, claimant, {controllers: controllerNames, usualNames: ['istio']})
				: requested.annotation === 'istio',
		route: routeBySpec,
		bypassesProxy: () => true,
		answers: () => envoyAnswers,
		unknowns: () => [pathTypes],
	},
	gateway: {
		controllerNames: ['istio.io/gateway-controller', 'istio.io/unmanaged-gateway'],
		gatewayLabels: [gatewayNameLabel],
		names: [],
		bypassesProxy: true,
		profile: () => specProfile,
		answers: () => envoyAnswers,
	},
};
