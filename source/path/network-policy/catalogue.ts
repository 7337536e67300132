import type {CatalogueEntry} from '../catalogue-entry.ts';

/** 8xx: policies of the network. Where an enforcer is found, a denial is an error; where nothing does, info. */
export const networkPolicyFindings = {
	linkerdDenies: {
		code: 'KNET807',
		slug: 'linkerd-denies',
		severity: 'error',
		hop: 'network-policy',
		title: "Linkerd's default policy of the pods denies the client",
		what: 'The pods have the proxy of Linkerd, their annotation config.linkerd.io/default-inbound-policy is deny, or asks for authenticated clients and the client has no proxy, and no Server selects them. A warning where it holds for some of the pods.',
		why: 'The proxy of the pod answers 403, and closes connections that are no HTTP. Probes of the kubelet pass all the same.',
		see: 'kubectl -n NAMESPACE get servers.policy.linkerd.io,authorizationpolicies.policy.linkerd.io; linkerd diagnostics policy -n NAMESPACE po/NAME PORT',
		remedy:
			'Add a Server for the port and an AuthorizationPolicy that admits the client, or change the annotation.',
	},
	policyDeniesIngress: {
		code: 'KNET801',
		slug: 'policy-denies-ingress',
		severity: 'warning',
		hop: 'network-policy',
		title: 'No policy admits the source to the pods',
		what: 'NetworkPolicies select the destination pods for ingress, and none of their rules admits this source on this port. An error where a network plugin that enforces policies is found or a probe timed out, a warning where none is known; info where nobody enforces them.',
		why: 'The network plugin drops the packets: connections time out.',
		see: 'kubectl -n NAMESPACE get networkpolicies -o yaml',
		remedy:
			'Add an ingress rule for the source: podSelector for the same namespace, namespaceSelector for another, ipBlock for addresses; the port is the container port.',
	},
	policyDeniesEgress: {
		code: 'KNET802',
		slug: 'policy-denies-egress',
		severity: 'warning',
		hop: 'network-policy',
		title: 'No policy lets the client out to the pods',
		what: 'NetworkPolicies select the client pod for egress, and none of their rules admits these pods on this port. The severity is that of KNET801.',
		why: 'The network plugin drops the packets: connections time out.',
		see: 'kubectl -n NAMESPACE get networkpolicies -o yaml',
		remedy:
			'Add an egress rule for the destination. Rules see the pod and its container port, not the Service and its port.',
	},
	policyAdmitsSomeBackends: {
		code: 'KNET804',
		slug: 'policy-admits-some-backends',
		severity: 'warning',
		hop: 'network-policy',
		title: 'The policies admit the source to some of the pods only',
		what: 'The decision differs between the endpoints, because their labels or the numbers behind a named port differ, or between the nodes by which clients come in.',
		why: 'Some connections time out.',
		see: 'kubectl -n NAMESPACE get pods --show-labels; kubectl -n NAMESPACE get networkpolicies -o yaml',
		remedy: 'Let the same policies select all pods of the Service.',
	},
	policyBlocksController: {
		code: 'KNET805',
		slug: 'policy-blocks-controller',
		severity: 'warning',
		hop: 'network-policy',
		title: 'No policy admits the ingress controller to the pods',
		what: "NetworkPolicies select the backend pods for ingress, and none of their rules admits the controller's pods on this port. The severity is that of KNET801.",
		why: 'The controller cannot connect: clients see 502 or 504.',
		see: 'kubectl -n NAMESPACE get networkpolicies -o yaml',
		remedy:
			"Add an ingress rule with a namespaceSelector (kubernetes.io/metadata.name) for the controller's namespace.",
	},
	policyUndecidable: {
		code: 'KNET806',
		slug: 'policy-undecidable',
		severity: 'unknown',
		hop: 'network-policy',
		title: 'Whether the policies admit the connection cannot be told',
		what: "It depends on what the objects do not tell: pods on the node's network, a named port that no container declares, an address not known, or policies of Calico, Cilium, Antrea or a mesh (Istio, Linkerd, Kuma, Consul), which knet does not evaluate.",
		why: 'The connection may be admitted or dropped.',
		see: 'kubectl get networkpolicies,ciliumnetworkpolicies,adminnetworkpolicies -A',
		remedy: 'Probe the connection from the client, or read the policies named here.',
	},
} satisfies Record<string, CatalogueEntry>;
