import type {CatalogueEntry} from '../catalogue-entry.ts';

/** What a Service itself says, before its endpoints are looked at. */
export const serviceFindings = {
	headlessPortNotRemapped: {
		code: 'KNET513',
		slug: 'headless-port-not-remapped',
		severity: 'warning',
		hop: 'service',
		title: 'A headless Service does not map its port to the target port',
		what: 'The Service is headless (clusterIP: None) and its port differs from its target port. DNS gives the addresses of the pods, no proxy stands in between, so nothing turns the one port into the other. Said only for clients that use the name; controllers that read EndpointSlices use the target port. An error where the request names the Service port, and every ready pod declares the target port and not that one.',
		why: 'A client that connects to the Service port is refused by the pod, although every object looks right.',
		see: 'kubectl -n NAMESPACE get service NAME -o yaml: compare spec.ports[].port with targetPort.',
		remedy:
			'Let clients use the target port, or make port and targetPort equal, or give the Service a cluster IP.',
	},
	externalName: {
		code: 'KNET517',
		slug: 'external-name',
		severity: 'info',
		hop: 'service',
		title: 'The Service is only a DNS alias',
		what: 'type: ExternalName is answered by the cluster DNS with a CNAME. It has no selector, no endpoints and no proxy rules, and no port is mapped. A warning where externalName is an IP address: DNS then has no record for it. An error behind ingress-nginx where it is a loopback name.',
		why: 'Clients connect to the other name with the port they chose and, over HTTP or TLS, still say the name of the Service, which the other side may not know.',
		see: 'kubectl -n NAMESPACE get service NAME -o jsonpath={.spec.externalName}',
		remedy:
			'Leave it if an alias is intended. For an IP address use a Service without selector and an EndpointSlice with that address.',
	},
	servicePortMissing: {
		code: 'KNET518',
		slug: 'service-port-missing',
		severity: 'error',
		hop: 'service',
		title: 'The Service has no such port',
		what: 'The port asked for, by number or by name, is not among spec.ports of the Service, or there are none. A warning for a headless Service, whose ports change nothing: clients connect to the pods. Info where the pods of a headless Service have the port.',
		why: 'kube-proxy has no rule for it. In iptables mode the packet leaves the node for an address that nothing has and the client waits for its timeout; in nftables mode the connection is refused.',
		see: 'kubectl -n NAMESPACE get service NAME',
		remedy: 'Use a port that the Service has, or add the port to spec.ports.',
	},
	portSpeaksTls: {
		code: 'KNET530',
		slug: 'port-speaks-tls',
		severity: 'error',
		hop: 'service',
		afterConnection: true,
		title: 'A URL of plain HTTP for a port that speaks TLS',
		what: 'A pod asks for an http:// URL of the Service, and the readiness probe of the target port has scheme HTTPS, so that the port speaks TLS while the pods are ready. A warning where only the name or appProtocol of the port says HTTPS, and where the port is named HTTP while its probe uses TLS: some programs take both.',
		why: 'The server takes the request for a broken handshake: it closes the connection, or answers 400.',
		see: 'kubectl -n NAMESPACE get pods -o yaml: readinessProbe.httpGet.scheme.',
		remedy: 'Ask for https://, or let the program take plain HTTP.',
	},
	serviceIpHardcoded: {
		code: 'KNET520',
		slug: 'service-ip-hardcoded',
		severity: 'info',
		hop: 'service',
		title: 'A pod has the address of the Service written into it',
		what: 'A container of the namespace holds the cluster IP of the Service in env, command or args. Looked for only while the path is being looked at.',
		why: 'The address changes when the Service is created again, in another namespace and in another cluster; the name does not.',
		see: 'kubectl -n NAMESPACE get pods -o yaml, and search for the address.',
		remedy: 'Use the DNS name of the Service.',
	},
} satisfies Record<string, CatalogueEntry>;
