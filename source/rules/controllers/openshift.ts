import {byClassObject, isNamed} from './record/classes.ts';
import {routeByOpenShift} from './openshift/route.ts';
import type {ControllerRecord} from './record/record.ts';

const controllerNames = ['openshift.io/ingress-to-route'];

/** The router of OpenShift serves the Routes that a controller makes of Ingresses. */
export const openShift: ControllerRecord = {
	implementation: 'OpenShift Router',
	sources: ['openshift/route-controller-manager of 2026-08: pkg/route/ingress/ingress.go'],
	managed: true,
	// The ingress operator keeps an IngressClass of it.
	isPresent: (snapshot) =>
		snapshot.list('IngressClass').some(({controller}) => isNamed(controller, controllerNames)),
	annotations: ['route.openshift.io/', 'haproxy.router.openshift.io/'],
	ingress: {
		profile: 'openshift',
		controllerNames,
		annotationClasses: [],
		// ingressManaged: the annotation names an IngressClass as well, and without any class it is taken.
		takes({className, annotation}, claimant) {
			const name = annotation ?? className;
			return name === undefined
				? true
				: byClassObject({className: name}, claimant, {
						controllers: controllerNames,
						usualNames: ['openshift-default'],
					});
		},
		route: routeByOpenShift,
		tls: {missingSecret: 'not-served', decidesHttp: true},
		leavesOutBroken: true,
		ignoresDefaultBesideRules: true,
		bypassesProxy: () => true,
		answers: () => ({'no-rule': 'http-503', 'no-backend': 'http-503', 'no-endpoints': 'http-503'}),
		unknowns: () => [],
	},
};
