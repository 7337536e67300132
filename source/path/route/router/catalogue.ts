import type {CatalogueEntry} from '../../catalogue-entry.ts';

/** Routers of their own: codes 441 to 449. */
export const routerFindings = {
	objectRefused: {
		code: 'KNET441',
		slug: 'router-object-refused',
		severity: 'warning',
		hop: 'route',
		title: 'The controller leaves the object or a part of it out',
		what: 'By the rules of its controller, an object of a router (HTTPProxy and its kin) is not valid as a whole, or one of its rules or includes is not. An error where nothing answers this request because of it.',
		why: 'The parts that are left out take no requests: the client gets 404, a TLS error, or what another rule answers.',
		see: 'kubectl -n NAMESPACE describe KIND NAME',
		remedy:
			'Correct the field named; the status of the object says the same where the controller writes one.',
	},
	objectOrphaned: {
		code: 'KNET442',
		slug: 'router-object-orphaned',
		severity: 'error',
		hop: 'route',
		title: 'Nothing leads to the object',
		what: 'The object names no host of its own and no other object includes it: an HTTPProxy without virtualhost that no root includes.',
		why: 'Its rules take no request.',
		see: 'kubectl -n NAMESPACE describe KIND NAME',
		remedy: 'Include it in an object that names a host, or give it one.',
	},
	portClosed: {
		code: 'KNET446',
		slug: 'router-port-closed',
		severity: 'error',
		hop: 'route',
		title: 'No server of the gateway takes such a connection on the port',
		what: 'No server of an Istio Gateway listens on the port that the request comes to, or the one that does speaks TLS where plain HTTP comes, or plain HTTP where TLS comes.',
		why: 'The connection is refused or cut before any rule is read.',
		see: 'kubectl -n NAMESPACE get gateways.networking.istio.io NAME -o yaml',
		remedy: 'Add a server for the port, or use the port and scheme that the Gateway has.',
	},
	portsMixed: {
		code: 'KNET447',
		slug: 'router-ports-mixed',
		severity: 'warning',
		hop: 'route',
		title: 'Requests are spread over all ports of a Service',
		what: 'A Route of OpenShift names no port, and its Service has several that lead to different ports of the pods.',
		why: 'The router takes the endpoints of all ports: a share of the requests comes to one that serves metrics or speaks another protocol.',
		see: 'kubectl -n NAMESPACE get route NAME -o yaml',
		remedy: 'Set spec.port.targetPort of the Route to the name of one port of the Service.',
	},
} satisfies Record<string, CatalogueEntry>;
