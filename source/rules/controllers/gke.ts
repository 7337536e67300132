import {byElements, byText, exactly, longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../ingress/route-by.ts';
import {specProfile} from './gateway-profile.ts';
import type {ControllerRecord} from './record.ts';

/** A pattern of the URL map: `*` only at the end after a slash; without it exact. */
const ownPath: PathFit = (path, urlPath) =>
	path.endsWith('/*')
		? urlPath === path.slice(0, -2) || byText(path.slice(0, -1), urlPath)
		: path === urlPath;

const reading: Reading = {
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: ownPath},
	order: longerFirst,
	isolatesHosts: true,
	defaults: 'any-host',
};

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
		profile: 'gke',
		controllerNames: ['k8s.io/ingress-gce'],
		annotationClasses: ['gce', 'gce-internal'],
		// IsGCEIngress: there is no IngressClass of it; without class and annotation it is its own.
		takes: ({className, annotation}) =>
			annotation ? ['gce', 'gce-internal'].includes(annotation) : className === undefined,
		loadBalancerOf: ({namespace, name}) => `${namespace}/${name}`,
		route: routeBy({all: [reading]}),
		answers: () => ({'no-rule': 'http-404', 'no-endpoints': 'http-502', refused: 'http-502'}),
		unknowns: () => ['network endpoint groups send to pods, instance groups to node ports'],
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
