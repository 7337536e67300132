import type {Node} from '../../model/workloads/node.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {memoize} from '../memoize.ts';
import {serviceLbOf} from './service-lb.ts';

/** Who makes the addresses of a Service answer. */
type Announcer = {
	readonly name: string;
	/** It writes the status when the address answers. Else the address is only set aside, and others announce it. */
	readonly answersWhenWritten: boolean;
	/** It answers ARP or writes rules for packets, and puts nothing into connections: no PROXY header. */
	readonly sendsPackets?: boolean;
	readonly isOf: (snapshot: Snapshot, service: Service) => boolean;
};

const announcers: readonly Announcer[] = [
	{
		name: 'AWS',
		answersWhenWritten: true,
		isOf: (_, {loadBalancer}) => loadBalancer.some(({hostname}) => hostname?.endsWith('.amazonaws.com')),
	},
	{
		name: 'kube-vip',
		answersWhenWritten: true,
		sendsPackets: true,
		isOf: (snapshot, service) => isAskedOfKubeVip(service) && kubeVipOf(snapshot) !== undefined,
	},
	{
		// LB IPAM gives addresses; L2 announcement policies or BGP announce them (Cilium, LoadBalancer IP Address Management).
		name: 'Cilium',
		answersWhenWritten: false,
		sendsPackets: true,
		isOf: (_, {conditions}) =>
			// Not satisfied: something else gave the address.
			conditions.some(({type, status}) => type === 'cilium.io/IPAMRequestSatisfied' && status === 'True'),
	},
	{
		name: 'ServiceLB',
		answersWhenWritten: true,
		sendsPackets: true,
		isOf: (snapshot, service) => serviceLbOf(snapshot, service) !== undefined,
	},
];

/** kube-vip documentation, Usage, Kubernetes Services: it takes the address from this annotation, or from spec.loadBalancerIP. */
export function isAskedOfKubeVip({annotations}: Service): boolean {
	return annotations['kube-vip.io/loadbalancerIPs'] !== undefined;
}

/** The DaemonSet that answers for addresses, where it is none of static pods. */
export function kubeVipOf(snapshot: Snapshot): Workload | undefined {
	return snapshot
		.list('DaemonSet')
		.find(({containers}) =>
			containers.some(({image}) => /(?:^|\/)kube-vip(?:-iptables)?(?:[:@]|$)/u.test(image)),
		);
}

/** By what marks it. Undefined: nothing shows who. */
export function announcerOf(snapshot: Snapshot, service: Service): Announcer | undefined {
	const cloud = cloudOf(snapshot);
	return (
		announcers.find(({isOf}) => isOf(snapshot, service)) ??
		(cloud === undefined
			? undefined
			: {
					name: clouds[cloud] ?? cloud,
					answersWhenWritten: true,
					sendsPackets: packetClouds.has(cloud),
					isOf: () => true,
				})
	);
}

const clouds: Readonly<Record<string, string>> = {
	aws: 'AWS',
	azure: 'Azure',
	gce: 'Google Cloud',
	hcloud: 'Hetzner Cloud',
	digitalocean: 'DigitalOcean',
	openstack: 'OpenStack',
	ibm: 'IBM Cloud',
	ocid1: 'Oracle Cloud',
	linode: 'Akamai',
	scaleway: 'Scaleway',
	vultr: 'Vultr',
	exoscale: 'Exoscale',
	civo: 'Civo',
	upcloud: 'UpCloud',
};

/** Their load balancers of Services pass packets on: Google Cloud, passthrough Network Load Balancer; Azure Load Balancer. */
const packetClouds: ReadonlySet<string> = new Set(['azure', 'gce']);

/** By the machines of the nodes (`spec.providerID`, `NAME://…`): each cloud provider has a name of its own. */
function cloudOf(snapshot: Snapshot): string | undefined {
	return cloudOfNodes(snapshot.list('Node'));
}

const cloudOfNodes = memoize((nodes: readonly Node[]) =>
	nodes
		.flatMap(({providerId}) => /^[a-z0-9]+/u.exec(providerId ?? '')?.[0] ?? [])
		.find((name) => name in clouds),
);
