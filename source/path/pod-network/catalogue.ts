import type {CatalogueEntry} from '../catalogue-entry.ts';

/** 65x: the network by which pods reach each other. */
export const podNetworkFindings = {
	nodeNetworkUnavailable: {
		code: 'KNET651',
		slug: 'node-network-unavailable',
		severity: 'unknown',
		hop: 'pod-network',
		title: 'The network of a node on the way is not configured',
		what: 'The node of the client or of the pod has the condition NetworkUnavailable, and the other pod is on another node. Behind a Service it is said where no pod that serves is on a node with a network (KNET654 where some are).',
		why: 'Packets between the nodes may find no route. Some network plugins leave the condition behind although routes exist.',
		see: 'kubectl describe node NODE',
		remedy:
			'Look at the network plugin and the route controller of the cloud: one of them clears the condition.',
	},
	networkPluginDown: {
		code: 'KNET652',
		slug: 'network-plugin-down',
		severity: 'warning',
		hop: 'pod-network',
		title: 'The network plugin is not ready on a node on the way',
		what: "The plugin's DaemonSet wants a pod on the node of the client or of the pod, and that pod is not ready or does not exist.",
		why: 'Its old routes stay, and new pods and nodes are not reached.',
		see: 'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE',
		remedy: 'Read the log of the plugin on that node.',
	},
	noCommonIpFamily: {
		code: 'KNET653',
		slug: 'no-common-ip-family',
		severity: 'error',
		hop: 'pod-network',
		title: 'The two pods have no IP family in common',
		what: 'One pod has IPv4 addresses only, the other one IPv6 addresses only.',
		why: 'There is no address that the client could connect to.',
		see: 'kubectl get pod POD -o jsonpath={.status.podIPs}',
		remedy: 'Give both pods addresses of one family: in a dual-stack cluster, recreate the older pod.',
	},
	someNodesWithoutNetwork: {
		code: 'KNET654',
		slug: 'some-nodes-without-network',
		severity: 'warning',
		hop: 'pod-network',
		title: 'A share of the endpoints is behind a node whose network is not configured',
		what: 'The node of some endpoints of the Service, or that of the client, has the condition NetworkUnavailable, and other endpoints are reached without it.',
		why: 'Connections to those endpoints may find no route and time out, the others work.',
		see: 'kubectl describe node NODE',
		remedy:
			'Look at the network plugin and the route controller of the cloud: one of them clears the condition.',
	},
} satisfies Record<string, CatalogueEntry>;
