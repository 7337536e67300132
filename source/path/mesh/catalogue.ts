import type {CatalogueEntry} from '../catalogue-entry.ts';

/** What the mesh of a pod does with its client. */
export const meshFindings = {
	mtlsRequired: {
		code: 'KNET714',
		slug: 'mtls-required',
		severity: 'error',
		hop: 'pod',
		title: 'The mesh of the pod asks for mutual TLS, and the client speaks none',
		what: 'A PeerAuthentication of Istio sets STRICT for the port, and the client has neither sidecar nor ztunnel, or its sidecar sends to the address of a pod, which it does not know. A warning where it holds for some of the pods only.',
		why: 'The proxy of the pod resets plain connections. The probes of the kubelet pass all the same.',
		see: 'kubectl get peerauthentications -A; istioctl x describe pod NAME',
		remedy: 'Add the client to the mesh, or set PERMISSIVE for this port.',
	},
	mtlsUnknown: {
		code: 'KNET715',
		slug: 'mtls-unknown',
		severity: 'unknown',
		hop: 'pod',
		title: 'Whether the sidecar of the client speaks mutual TLS to the pod is not known',
		what: 'A PeerAuthentication of Istio sets STRICT for the pod. The client is a controller with a sidecar that sends to addresses of pods: the sidecar knows Services, and may send such connections as they are.',
		why: 'Under STRICT mutual TLS the connection is reset.',
		see: 'kubectl get peerauthentications -A; istioctl proxy-config cluster POD',
		remedy:
			'Let the controller send to the Service (ingress-nginx: service-upstream), or probe the connection from its pod.',
	},
	waypointOnTheWay: {
		code: 'KNET525',
		slug: 'waypoint-on-the-way',
		severity: 'unknown',
		hop: 'service',
		title: 'A waypoint of the mesh stands before the Service',
		what: 'The client is in the ambient mesh of Istio, and the label istio.io/use-waypoint of the Service or its namespace names a waypoint that exists. What the waypoint does is not followed: its routes, its policies and its pods.',
		why: 'ztunnel sends requests for the Service to the waypoint, which routes, refuses or forwards them.',
		see: 'kubectl -n NAMESPACE get gateways,httproutes,authorizationpolicies; istioctl ztunnel-config services',
		remedy:
			'Leave it if the waypoint is intended. Read its routes and policies, or send the request from the pod.',
	},
	waypointDown: {
		code: 'KNET526',
		slug: 'waypoint-down',
		severity: 'error',
		hop: 'service',
		title: 'The waypoint before the Service has no ready pod',
		what: 'The client is in the ambient mesh of Istio, the label istio.io/use-waypoint of the Service or its namespace names a waypoint, and the Deployment of that Gateway has no ready replica.',
		why: 'ztunnel finds no healthy upstream for the waypoint and closes the connection: it does not go past the waypoint.',
		see: 'kubectl -n NAMESPACE get gateway,deployment,pods -l gateway.networking.k8s.io/gateway-name=NAME',
		remedy: 'Bring the pods of the waypoint up, or remove the label istio.io/use-waypoint.',
	},
	meshRouted: {
		code: 'KNET524',
		slug: 'mesh-routed',
		severity: 'unknown',
		hop: 'service',
		title: 'A route of the mesh decides where the request ends',
		what: 'The client is in an Istio mesh. A VirtualService for the mesh names the Service and sends elsewhere, to a subset, or answers by itself; or an HTTPRoute or GRPCRoute has the Service as parent (GAMMA). knet does not follow them.',
		why: 'The proxy of the client sends to what the route says. The endpoints of the Service may not matter.',
		see: 'kubectl -n NAMESPACE get virtualservices,httproutes; istioctl proxy-config route POD',
		remedy: 'Leave it if the route is intended. Read the route, or send the request from the pod.',
	},
} satisfies Record<string, CatalogueEntry>;
