import {joinHostPort} from '../../model/matching/ip.ts';
import type {Node} from '../../model/workloads/node.ts';
import {namesList} from '../../rules/names-list.ts';
import {count} from '../words.ts';
import type {Exposed, LoadBalancerInput} from './context.ts';
import {hasOtherWay, isPending} from './pending.ts';
import type {FrontendAddresses} from './reachability.ts';

/** What clients outside connect to: addresses of the load balancer, external IPs, or node ports of Ready nodes. */
export function frontendAddressesOf({
	service,
	port,
	clientPort,
	hopContext,
	exposureType,
	door,
}: Exposed): FrontendAddresses {
	const balanced = exposureType === 'external-ip' ? [] : namesOf(service.loadBalancer);
	const given = exposureType === 'node-port' ? [] : [...balanced, ...service.externalIPs];
	if (given.length > 0 || (service.type !== 'NodePort' && exposureType !== 'node-port')) {
		return {addresses: given.length > 0 ? given : (door?.addresses ?? []), ports: [clientPort]};
	}

	const nodes = hopContext.snapshot.list('Node').filter(({ready}) => ready);
	return {
		addresses: nodes.flatMap((node) => addressOf(node) ?? []),
		ports: port?.nodePort === undefined ? [] : [port.nodePort],
	};
}

/** Whether the client comes by the load balancer, and not by another side of the Service. */
export function isByLoadBalancer({exposureType}: Exposed): boolean {
	return exposureType !== 'node-port' && exposureType !== 'external-ip';
}

/** Addresses of a status, hostnames among them. */
export function namesOf(addresses: NonNullable<LoadBalancerInput['addresses']>): readonly string[] {
	return addresses.flatMap(({ip, hostname}) => (ip || hostname) ?? []).filter((text) => text !== '');
}

/** One line. */
export function frontendAddressesText(exposed: Exposed, frontendAddresses: FrontendAddresses): string {
	const {service, port, nodes, exposureType, door, podTargets} = exposed;
	const {addresses, ports} = frontendAddresses;
	if (isByLoadBalancer(exposed) && isPending(service) && !hasOtherWay(exposed)) {
		return 'no address yet';
	}

	const [first] = addresses;
	if (first === undefined && door) {
		return `${door.how} of the nodes`;
	}

	if (exposureType === 'node-port' || service.type === 'NodePort' || first === undefined) {
		return port?.nodePort === undefined
			? 'no address outside the cluster'
			: `node port ${port.nodePort} on ${count(addresses.length, 'node')}`;
	}

	const more = addresses.length > 1 ? ` and ${addresses.length - 1} more` : '';
	const local = nodes
		? `, to ${nodes.healthy.length} of ${count(nodes.healthy.length + nodes.unhealthy.length, 'node')}`
		: '';
	const how = door && isPending(service) ? `, ${door.how}` : podTargets ? ', to pods' : local;
	return `${joinHostPort(first, ports[0] ?? 0)}${more}${how}${rangesText(service)}`;
}

/** Who is let in, where not everybody is: without the client's address nothing more can be said (KNET203). */
function rangesText({type, loadBalancerSourceRanges}: Exposed['service']): string {
	const ranges = loadBalancerSourceRanges.map((range) => range.trim());
	return type === 'LoadBalancer' && ranges.length > 0 && !ranges.some((range) => range.endsWith('/0'))
		? `, only for ${namesList(ranges, 2)}`
		: '';
}

/** People outside use the external address where a node has one. */
function addressOf({addresses}: Node): string | undefined {
	const of = (wanted: string): string | undefined => addresses.find(({type}) => type === wanted)?.address;
	return of('ExternalIP') ?? of('InternalIP');
}
