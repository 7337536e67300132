import {byElements, byText, exactly, longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../ingress/route-by.ts';
import {specProfile} from './record/gateway-profile.ts';
import type {Ingress} from '../../model/routes/ingress.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import type {Answers} from './record/facts.ts';
import type {ControllerRecord} from './record/record.ts';
import type {BackendHealth, Closed} from './record/ingress-side.ts';

const backendsAnnotation = 'ingress.kubernetes.io/backends';

/** `cloud.google.com/neg: {"ingress":true}`: the load balancer sends to pods (GKE, container-native load balancing). */
function hasNeg({annotations}: Service): boolean {
	return /"ingress"\s*:\s*true/u.test(annotations['cloud.google.com/neg'] ?? '');
}

/**
A pattern of the URL map: `*` only at the end after a slash; without it exact. `/p/*` is not `/p`: for Prefix `/p` the controller
writes both (Cloud Load Balancing, URL maps).
*/
const ownPath: PathFit = (path, urlPath) =>
	path.endsWith('/*') ? byText(path.slice(0, -1), urlPath) : path === urlPath;

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
	managed: true,
	// The add-on keeps its default backend in the cluster, and writes annotations to the Ingresses that it serves.
	isPresent: (snapshot) =>
		snapshot.get('Deployment', 'kube-system', 'l7-default-backend') !== undefined ||
		snapshot.list('Ingress').some(({annotations}) => annotations[backendsAnnotation] !== undefined),
	annotations: ['networking.gke.io/', 'kubernetes.io/ingress.global-static-ip-name'],
	ingress: {
		profile: 'gke',
		controllerNames: ['k8s.io/ingress-gce'],
		annotationClasses: ['gce', 'gce-internal'],
		// IsGCEIngress: there is no IngressClass of it; without class and annotation it is its own.
		takes: ({className, annotation}) =>
			annotation ? ['gce', 'gce-internal'].includes(annotation) : className === undefined,
		refusals: ['Sync', 'Translate'],
		whyClosed,
		healthOf,
		loadBalancerOf: ({namespace, name}) => `${namespace}/${name}`,
		route: routeBy({all: [reading]}),
		passesThrough,
		answers: () => answers,
		bypassesProxy: () => true,
		// Without a network endpoint group (NEG) it sends to node ports of instance groups.
		sendsToService: (_ingress, service) => service !== undefined && !hasNeg(service),
		unknowns: () => [],
	},
};

/**
The classic Application Load Balancer answers 502 whatever keeps it from a backend (Cloud Load Balancing, Troubleshoot external
Application Load Balancers).
*/
const answers: Answers = {
	'no-rule': 'http-404',
	'no-endpoints': 'http-502',
	refused: 'http-502',
	reset: 'http-502',
	'backend-tls': 'http-502',
	unreachable: 'http-502',
	dropped: 'http-502',
};

/** Its redirect to https stands in an object that is not read (pkg/loadbalancers/target_proxies.go). */
function passesThrough({annotations}: Ingress): readonly string[] {
	const name = annotations['networking.gke.io/v1beta1.FrontendConfig'];
	return name ? [`FrontendConfig ${name}, which may redirect http to https`] : [];
}

const noHttp = 'kubernetes.io/ingress.allow-http';

/** Without http and without a certificate there is no frontend at all (pkg/loadbalancers/l7.go, edgeHop: WillNotConfigureFrontend). */
function whyClosed({annotations, tls}: Ingress): Closed | undefined {
	if (annotations[noHttp] !== 'false' || tls.length > 0) {
		return undefined;
	}

	const isNamed = certificates.some((name) => (annotations[name] ?? '') !== '');
	const why = isNamed
		? 'http is off, and its certificate may not be there yet'
		: 'http is off, and it names no certificate';
	return {annotation: noHttp, why, isCertain: !isNamed};
}

const certificates = ['networking.gke.io/managed-certificates', 'ingress.gcp.kubernetes.io/pre-shared-cert'];

/**
`ingress.kubernetes.io/backends` is JSON: the name of a backend service → HEALTHY, UNHEALTHY, Unknown. A name has the namespace,
Service and port of a network endpoint group, or the node port of an instance group (pkg/utils/namer).
*/
function healthOf(
	ingress: Ingress,
	service: Service,
	port: ServicePort | undefined,
): BackendHealth | undefined {
	const annotation = backendsAnnotation;
	const value = ingress.annotations[annotation] ?? '';
	const found = backendsIn(value).find(([name]) => isOf(name, service, port));
	return found && {annotation, value: `${found[0]}: ${String(found[1])}`, isBad: found[1] === 'UNHEALTHY'};
}

function backendsIn(text: string): readonly (readonly [string, unknown])[] {
	try {
		return Object.entries(JSON.parse(text) as object);
	} catch {
		return [];
	}
}

function isOf(name: string, {namespace, name: service}: Service, port: ServicePort | undefined): boolean {
	return (
		(port?.nodePort !== undefined && name.includes(`-be-${port.nodePort}-`)) ||
		(name.includes(`-${namespace}-${service}-`) && (!port || name.includes(`-${port.port}-`)))
	);
}

export const gkeGateway: ControllerRecord = {
	implementation: 'GKE Gateway',
	sources: [
		'GKE documentation: GatewayClass capabilities; Configure Gateway resources using Policies (HealthCheckPolicy)',
	],
	managed: true,
	gateway: {
		controllerNames: ['networking.gke.io/'],
		healthCheckedBy: 'a HealthCheckPolicy',
		// Network endpoint groups are pods.
		bypassesProxy: true,
		gatewayLabels: [],
		// A host rule of the URL map leads to one path matcher (Cloud Load Balancing, URL maps).
		profile: () => ({...specProfile, isolatesHosts: true}),
		// 503 "no healthy upstream".
		answers: () => ({'no-endpoints': 'http-503', refused: 'http-503'}),
	},
};
