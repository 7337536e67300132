import {routeByGuess} from '../ingress/spec.ts';
import {byClassObject} from './classes.ts';
import type {ControllerRecord} from './record.ts';

const controllerNames = ['openshift.io/ingress-to-route'];

/** The router of OpenShift serves the Routes that a controller makes of Ingresses. */
export const openShift: ControllerRecord = {
	implementation: 'OpenShift Router',
	sources: ['openshift/route-controller-manager 4.16: pkg/route/ingress/ingress.go'],
	images: [],
	names: [],
	flags: [],
	managed: true,
	annotations: ['route.openshift.io/', 'haproxy.router.openshift.io/'],
	ingress: {
		profile: 'openshift',
		controllerNames,
		annotationClasses: [],
		takes: (requested, claimant) =>
			requested.className === undefined
				? false
				: byClassObject(requested, claimant, {
						controllers: controllerNames,
						usualNames: ['openshift-default'],
					}),
		route: routeByGuess,
		bypassesProxy: () => true,
		answers: () => ({'no-rule': 'http-503', 'no-endpoints': 'http-503'}),
		unknowns: () => [],
	},
};
