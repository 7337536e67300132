import {routeBySpec} from '../ingress/spec.ts';
import {specProfile} from './gateway-profile.ts';
import {pathTypes} from './path-types.ts';
import type {ControllerRecord} from './record.ts';

/** kubernetes/ingress-gce: runs beside the control plane of GKE. */
export const gke: ControllerRecord = {
	implementation: 'GKE Ingress',
	sources: [
		'kubernetes/ingress-gce: pkg/utils/utils.go (IsGCEIngress)',
		'GKE documentation: Ingress for external and internal Application Load Balancers',
	],
	images: ['ingress-gce-glbc-amd64', 'ingress-gce-glbc'],
	names: [],
	flags: [],
	managed: true,
	annotations: ['networking.gke.io/', 'kubernetes.io/ingress.global-static-ip-name'],
	ingress: {
		profile: 'spec',
		controllerNames: ['k8s.io/ingress-gce'],
		annotationClasses: ['gce', 'gce-internal'],
		// IsGCEIngress: there is no IngressClass of it; without class and annotation it is its own.
		takes: ({className, annotation}) =>
			annotation ? ['gce', 'gce-internal'].includes(annotation) : className === undefined,
		route: routeBySpec,
		answers: () => ({'no-rule': 'http-404', 'no-endpoints': 'http-502', refused: 'http-502'}),
		unknowns: () => [pathTypes, 'network endpoint groups send to pods, instance groups to node ports'],
	},
};

export const gkeGateway: ControllerRecord = {
	implementation: 'GKE Gateway',
	sources: ['GKE documentation: GatewayClass capabilities'],
	images: [],
	names: [],
	flags: [],
	managed: true,
	annotations: [],
	gateway: {
		controllerNames: ['networking.gke.io/'],
		gatewayLabels: [],
		names: [],
		profile: () => specProfile,
	},
};
