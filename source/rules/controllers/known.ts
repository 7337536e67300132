import type {StopReason, Symptom} from '../stop.ts';
import type {IngressProfile} from './controller.ts';

/** What knet knows of an Ingress controller. Plain data: what is not known is left out, and said in `unknowns`. */
export type KnownController = {
	readonly implementation: string;
	/** Values of IngressClass `spec.controller`. A value that ends in `/` stands for all that start with it. */
	readonly controllerNames: readonly string[];
	/** Values of annotation `kubernetes.io/ingress.class` that it takes by default. */
	readonly annotationClasses: readonly string[];
	/** It compares `ingressClassName` with its own class name, and needs no IngressClass object. */
	readonly takesClassByName: boolean;
	/** Ends of the image's repository, without registry and tag. */
	readonly images: readonly string[];
	/** Values of the workload's or its pods' labels `app.kubernetes.io/name`, `k8s-app` and `app`. */
	readonly names: readonly string[];
	/** Beginnings of flags that only it has, lower case, without dashes. */
	readonly flags: readonly string[];
	/** Flags that set the class it takes: by controller value, and by name. */
	readonly classFlags: {readonly controller?: string; readonly name?: string};
	readonly profile: IngressProfile;
	/** The workload that answers requests, where it is not the one that reads Ingresses; by its `names`. */
	readonly dataPlane?: readonly string[];
	/** Runs as a service of a cloud: nothing in the cluster shows whether it works. */
	readonly managed: boolean;
	readonly bypassesProxy?: boolean;
	readonly answers: Partial<Record<StopReason, Symptom>>;
	/** What is not known, or differs from the profile: said wherever it matters. */
	readonly unknowns: readonly string[];
};

const noMatch404 = {'no-rule': 'http-404'} as const;
const pathTypes = 'its own reading of ImplementationSpecific paths is not known to knet; Prefix is assumed';

/** kubernetes/ingress-nginx; its own tests and code (semantics of 1.x). */
const ingressNginx: KnownController = {
	implementation: 'ingress-nginx',
	controllerNames: [
		'k8s.io/ingress-nginx',
		'webapprouting.kubernetes.azure.com/nginx/',
		'webapprouting.kubernetes.azure.com/nginx',
	],
	annotationClasses: ['nginx'],
	takesClassByName: false,
	images: [
		'ingress-nginx/controller',
		'ingress-nginx/controller-chroot',
		'nginx-ingress-controller',
		'ingress-nginx-controller',
		'kubernetes/ingress-nginx',
	],
	names: ['ingress-nginx'],
	flags: ['ingress-class-by-name', 'watch-ingress-without-class', 'controller-class'],
	classFlags: {controller: 'controller-class', name: 'ingress-class'},
	profile: 'ingress-nginx',
	managed: false,
	bypassesProxy: true,
	answers: {
		'no-rule': 'http-404',
		'no-backend': 'http-503',
		'no-endpoints': 'http-503',
		refused: 'http-502',
		unreachable: 'http-502',
		dropped: 'http-504',
	},
	unknowns: [],
};

/** Traefik 3, as seen on 3.6.13. k3s and RKE2 ship it as an add-on. */
const traefik: KnownController = {
	implementation: 'Traefik',
	controllerNames: ['traefik.io/ingress-controller'],
	annotationClasses: ['traefik'],
	takesClassByName: false,
	images: ['traefik', 'mirrored-library-traefik', 'hardened-traefik'],
	names: ['traefik'],
	flags: ['providers.kubernetesingress'],
	classFlags: {name: 'providers.kubernetesingress.ingressclass'},
	profile: 'traefik',
	managed: false,
	bypassesProxy: true,
	answers: {
		'no-rule': 'http-404',
		'no-backend': 'http-404',
		'no-endpoints': 'http-404',
		refused: 'http-502',
		unreachable: 'http-502',
		dropped: 'http-504',
	},
	unknowns: [],
};

const haproxyTech: KnownController = {
	implementation: 'HAProxy Kubernetes Ingress Controller',
	controllerNames: ['haproxy.org/ingress-controller', 'haproxy.org/ingress-controller/'],
	annotationClasses: ['haproxy'],
	takesClassByName: false,
	images: ['haproxytech/kubernetes-ingress'],
	names: ['kubernetes-ingress'],
	flags: ['ingress.class', 'configmap-tcp-services'],
	classFlags: {name: 'ingress.class'},
	profile: 'spec',
	managed: false,
	bypassesProxy: true,
	answers: {...noMatch404, 'no-endpoints': 'http-503', refused: 'http-503'},
	unknowns: [pathTypes],
};

const haproxyIngress: KnownController = {
	implementation: 'HAProxy Ingress',
	controllerNames: ['haproxy-ingress.github.io/controller', 'haproxy-ingress.github.io/controller/'],
	annotationClasses: ['haproxy'],
	takesClassByName: false,
	images: ['jcmoraisjr/haproxy-ingress'],
	names: ['haproxy-ingress'],
	flags: [],
	classFlags: {name: 'ingress-class'},
	profile: 'spec',
	managed: false,
	bypassesProxy: true,
	answers: {...noMatch404, 'no-endpoints': 'http-503', refused: 'http-503'},
	unknowns: [pathTypes],
};

const contour: KnownController = {
	implementation: 'Contour',
	controllerNames: ['projectcontour.io/ingress-controller', 'projectcontour.io/contour'],
	annotationClasses: ['contour'],
	takesClassByName: true,
	images: ['projectcontour/contour', 'bitnami/contour'],
	names: ['contour'],
	flags: ['ingress-class-name'],
	classFlags: {name: 'ingress-class-name'},
	profile: 'spec',
	dataPlane: ['envoy'],
	managed: false,
	bypassesProxy: true,
	answers: {...noMatch404, 'no-endpoints': 'http-503', refused: 'http-503'},
	unknowns: [pathTypes],
};

const nginxInc: KnownController = {
	implementation: 'NGINX Ingress Controller (F5)',
	controllerNames: ['nginx.org/ingress-controller'],
	annotationClasses: [],
	takesClassByName: false,
	images: [
		'nginx/nginx-ingress',
		'nginx-ic/nginx-ingress',
		'nginx-ic/nginx-plus-ingress',
		'nginxinc/kubernetes-ingress',
		'nginx-plus-ingress',
	],
	names: ['nginx-ingress'],
	flags: ['nginx-configmaps', 'nginx-plus', 'enable-custom-resources'],
	classFlags: {name: 'ingress-class'},
	profile: 'spec',
	managed: false,
	bypassesProxy: true,
	answers: {...noMatch404, refused: 'http-502'},
	unknowns: [
		pathTypes,
		'of two Ingresses with one host it serves the older alone, unless they are mergeable',
	],
};

const kong: KnownController = {
	implementation: 'Kong',
	controllerNames: ['ingress-controllers.konghq.com/kong'],
	annotationClasses: ['kong'],
	takesClassByName: true,
	images: ['kong/kubernetes-ingress-controller', 'kong/nightly-ingress-controller'],
	names: ['ingress-kong'],
	flags: [],
	classFlags: {name: 'ingress-class'},
	profile: 'spec',
	dataPlane: ['gateway', 'proxy-kong', 'kong'],
	managed: false,
	bypassesProxy: true,
	answers: {...noMatch404, 'no-endpoints': 'http-503', refused: 'http-502'},
	unknowns: [pathTypes],
};

const awsLoadBalancer: KnownController = {
	implementation: 'AWS Load Balancer Controller',
	controllerNames: ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb'],
	annotationClasses: ['alb'],
	takesClassByName: false,
	images: ['aws-load-balancer-controller', 'amazon/aws-alb-ingress-controller'],
	names: ['aws-load-balancer-controller'],
	flags: [],
	classFlags: {name: 'ingress-class'},
	profile: 'spec',
	managed: true,
	answers: {...noMatch404, 'no-endpoints': 'http-503', refused: 'http-502', dropped: 'http-504'},
	unknowns: [pathTypes, 'target type ip sends to pods, instance to node ports: the annotation decides'],
};

const gce: KnownController = {
	implementation: 'GKE Ingress',
	controllerNames: ['k8s.io/ingress-gce'],
	annotationClasses: ['gce', 'gce-internal'],
	takesClassByName: false,
	images: ['ingress-gce-glbc-amd64', 'ingress-gce-glbc'],
	names: ['glbc'],
	flags: [],
	classFlags: {},
	profile: 'spec',
	managed: true,
	answers: {...noMatch404, 'no-endpoints': 'http-502', refused: 'http-502'},
	unknowns: [pathTypes, 'network endpoint groups send to pods, instance groups to node ports'],
};

const agic: KnownController = {
	implementation: 'Azure Application Gateway',
	controllerNames: ['azure/application-gateway'],
	annotationClasses: ['azure/application-gateway', 'azure-application-gateway'],
	takesClassByName: false,
	images: ['azure-application-gateway/kubernetes-ingress'],
	names: ['ingress-appgw', 'ingress-azure'],
	flags: [],
	classFlags: {},
	profile: 'spec',
	managed: true,
	bypassesProxy: true,
	answers: {'no-endpoints': 'http-502', refused: 'http-502'},
	unknowns: [pathTypes],
};

const openShift: KnownController = {
	implementation: 'OpenShift Router',
	controllerNames: ['openshift.io/ingress-to-route'],
	annotationClasses: [],
	takesClassByName: false,
	images: [],
	names: [],
	flags: [],
	classFlags: {},
	profile: 'spec',
	managed: true,
	bypassesProxy: true,
	answers: {'no-rule': 'http-503', 'no-endpoints': 'http-503'},
	unknowns: [pathTypes],
};

const cilium: KnownController = {
	implementation: 'Cilium',
	controllerNames: ['cilium.io/ingress-controller'],
	annotationClasses: ['cilium'],
	takesClassByName: false,
	images: [
		'cilium/operator',
		'cilium/operator-generic',
		'cilium/operator-aws',
		'cilium/operator-azure',
		'cilium/operator-alibabacloud',
	],
	names: ['cilium-operator'],
	flags: [],
	classFlags: {},
	profile: 'spec',
	// Envoy in or beside the agent of each node; its Services have no selector.
	dataPlane: ['cilium', 'cilium-agent', 'cilium-envoy'],
	managed: false,
	bypassesProxy: true,
	answers: {...noMatch404, 'no-endpoints': 'http-503', refused: 'http-503'},
	unknowns: [pathTypes],
};

const istio: KnownController = {
	implementation: 'Istio',
	controllerNames: ['istio.io/ingress-controller'],
	annotationClasses: ['istio'],
	takesClassByName: false,
	images: ['istio/pilot', 'pilot'],
	names: ['istiod'],
	flags: [],
	classFlags: {},
	profile: 'spec',
	dataPlane: ['istio-ingressgateway', 'istio-ingress'],
	managed: false,
	bypassesProxy: true,
	answers: {...noMatch404, 'no-endpoints': 'http-503', refused: 'http-503'},
	unknowns: [pathTypes],
};

/** In the order in which workloads are compared with them. */
export const knownControllers: readonly KnownController[] = [
	ingressNginx,
	traefik,
	haproxyTech,
	haproxyIngress,
	contour,
	nginxInc,
	kong,
	awsLoadBalancer,
	gce,
	agic,
	openShift,
	cilium,
	istio,
];

/** By `spec.controller` of an IngressClass. */
export function knownByName(controllerName: string): KnownController | undefined {
	return knownControllers.find(({controllerNames}) =>
		controllerNames.some((name) =>
			name.endsWith('/') ? controllerName.startsWith(name) : controllerName === name,
		),
	);
}

/** By the value of annotation `kubernetes.io/ingress.class`. `haproxy` fits two. */
export function knownByAnnotation(value: string): readonly KnownController[] {
	return knownControllers.filter(({annotationClasses}) => annotationClasses.includes(value));
}
