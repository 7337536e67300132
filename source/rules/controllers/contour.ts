import {routeBySpec} from '../ingress/spec.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {envoyAnswers} from './answers.ts';
import {gatewayNameLabel, specProfile} from './gateway-profile.ts';
import {pathTypes} from './path-types.ts';
import type {Claimant, ControllerRecord} from './record.ts';

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
		profile: 'spec',
		controllerNames: ['projectcontour.io/ingress-controller', 'projectcontour.io/contour'],
		annotationClasses: ['contour'],
		classFlag: 'ingress-class-name',
		takes,
		route: routeBySpec,
		bypassesProxy: () => true,
		// A route to a missing Service or port is left out (seen on 1.33.8).
		answers: () => ({...envoyAnswers, 'no-backend': 'http-404'}),
		unknowns: () => [pathTypes],
	},
	gateway: {
		controllerNames: ['projectcontour.io/'],
		gatewayLabels: ['projectcontour.io/owning-gateway-name', gatewayNameLabel],
		names: ['envoy'],
		bypassesProxy: true,
		profile: () => specProfile,
		answers: () => envoyAnswers,
	},
};

/** MatchesIngress: the annotation, else the name of the class, against the flag; it reads no IngressClass. */
function takes({className, annotation}: RequestedClass, {flags}: Claimant): boolean {
	const requested = annotation || className || '';
	const own = flags['ingress-class-name'];
	return own ? own.split(',').includes(requested) : requested === '' || requested === 'contour';
}
