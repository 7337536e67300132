import type {CatalogueEntry} from '../catalogue-entry.ts';

const seeClasses =
	'kubectl get ingressclass; kubectl get ingress -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,CLASS:.spec.ingressClassName';
const seeWorkloads =
	'kubectl get ingressclass NAME -o jsonpath={.spec.controller}; then look for a Deployment or DaemonSet that runs it: kubectl get deploy,ds -A';

/** Ingress controllers: codes 301 to 308. */
export const controllerFindings = {
	KNET301: {
		slug: 'ingress-class-missing',
		severity: 'error',
		hop: 'controller',
		title: 'The Ingress names an IngressClass that does not exist',
		what: 'spec.ingressClassName names an IngressClass that is not in the cluster. Controllers find their Ingresses by the class object, so none takes this one. Controllers that compare the name alone (Contour, Kong) are excepted when they run with that name.',
		why: 'Nobody serves the rules: the client gets whatever answers at the address it has, mostly 404, or nothing at all.',
		see: seeClasses,
		mend: 'Name an existing class in spec.ingressClassName, or create the IngressClass that the controller expects.',
	},
	KNET302: {
		slug: 'no-ingress-class',
		severity: 'error',
		hop: 'controller',
		title: 'The Ingress has no class, and no controller takes it without one',
		what: 'Neither spec.ingressClassName nor the annotation kubernetes.io/ingress.class is set. A default IngressClass is filled in only when an Ingress is created; later it changes nothing. No controller found here takes Ingresses without a class. A warning where the Ingress has an address, because somebody served it.',
		why: 'Nobody serves the rules: mostly 404, or nothing at all.',
		see: seeClasses,
		mend: 'Set spec.ingressClassName.',
	},
	KNET303: {
		slug: 'several-default-classes',
		severity: 'warning',
		hop: 'controller',
		title: 'More than one IngressClass is the default',
		what: 'Several IngressClasses carry ingressclass.kubernetes.io/is-default-class=true. A new Ingress without a class gets the newest of them. Information only where the class in use is served.',
		why: 'Which controller serves an Ingress without a class depends on which class was made last.',
		see: 'kubectl get ingressclass -o yaml | grep -B8 is-default-class',
		mend: 'Leave the annotation on one class only.',
	},
	KNET304: {
		slug: 'ingress-inert',
		severity: 'error',
		hop: 'controller',
		title: 'Nothing in the cluster runs the controller of this class',
		what: 'The class exists, and no Deployment, DaemonSet or StatefulSet runs its spec.controller, or the one that does is told not to watch this namespace. Unknown for controllers that a cloud runs (GKE, ALB, Application Gateway) while the Ingress has no address, and where something looks as if it might serve it.',
		why: 'The Ingress is only text: nobody serves the rules, and the client gets what another controller answers, mostly 404, or nothing.',
		see: seeWorkloads,
		mend: 'Install the controller, or use the class of one that runs.',
	},
	KNET305: {
		slug: 'controller-not-ready',
		severity: 'error',
		hop: 'controller',
		title: 'Pods of the Ingress controller are not Ready',
		what: 'The workload that serves this class has no Ready pod (error) or fewer than it wants (warning).',
		why: 'With none, connections to the load balancer are refused or time out; every host of the class is down. With some, the others carry the load.',
		see: 'kubectl -n NAMESPACE get pods, and kubectl describe of one that is not Ready',
		mend: 'Mend the controller: its pods say why they are not Ready.',
	},
	KNET306: {
		slug: 'controller-service-has-no-endpoints',
		severity: 'error',
		hop: 'controller',
		title: 'The Service in front of the Ingress controller has no ready endpoint',
		what: 'The Service that exposes the controller leads to no ready pod: its selector or its target port fits none.',
		why: 'Clients reach the load balancer and are refused, whatever the Ingresses say.',
		see: 'kubectl -n NAMESPACE get endpointslices -l kubernetes.io/service-name=SERVICE',
		mend: 'Compare the selector and target ports of the Service with the labels and ports of the controller pods.',
	},
	KNET307: {
		slug: 'controller-not-exposed',
		severity: 'warning',
		hop: 'controller',
		title: 'Nothing leads from outside to the Ingress controller',
		what: 'The controller runs, and no Service of type LoadBalancer or NodePort, no externalIPs, no hostPort and no hostNetwork leads to its pods. A tunnel or another proxy may; knet does not see those.',
		why: 'From outside nobody reaches it; inside the cluster its Service works.',
		see: 'kubectl -n NAMESPACE get svc',
		mend: 'Expose it with a Service of type LoadBalancer or NodePort, or with hostPorts.',
	},
	KNET308: {
		slug: 'legacy-class-annotation',
		severity: 'info',
		hop: 'controller',
		title: 'The class is set by the old annotation',
		what: 'The Ingress uses kubernetes.io/ingress.class, deprecated since Kubernetes 1.18. It works where the controller still reads it.',
		why: 'Some controllers no longer read it, and a default class is not filled in beside it.',
		see: 'kubectl get ingress -A -o yaml | grep kubernetes.io/ingress.class',
		mend: 'Set spec.ingressClassName instead, and remove the annotation.',
	},
} satisfies Record<string, CatalogueEntry>;
