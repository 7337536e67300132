import {
	cidrContains,
	ipText,
	isWithin,
	parseCidr,
	parseIp,
	type Cidr,
	type Ip,
} from '../../model/matching/ip.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';
import {memoize, rememberRead} from '../../rules/memoize.ts';
import {finding, type Finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {namesOf} from '../words.ts';
import {endpointsFindings} from './catalogue.ts';
import {handMade} from './service-evidence.ts';
import {endpointFields} from './slice-fields.ts';
import type {EndpointsView} from './view.ts';

/**
KNET531: a slice that people or programs write may list an address of a node's pod range (spec.podCIDRs) that no pod has. kube-proxy
sends there all the same, and nothing answers (seen on 1.35).
*/
export function nobodysAddresses(
	{snapshot}: HopContext,
	{answering}: EndpointsView,
): readonly ResolvedEndpoint[] {
	const inRange = answering.filter(({pod, address}) => pod === undefined && rangeOf(snapshot, address));
	return inRange.length > 0 && isKnown(snapshot.state('Pod'))
		? inRange.filter(({address}) => isNobodys(snapshot, address))
		: [];
}

export function nobodysAddress(
	view: EndpointsView,
	nobodys: readonly ResolvedEndpoint[],
): Finding | undefined {
	if (nobodys.length === 0) {
		return undefined;
	}

	const {service, slices, answering} = view;
	const addresses = namesOf(nobodys.map(({address}) => address));
	const {kind, command} = handMade(service, slices);
	return finding(endpointsFindings.nobodysAddress, {
		severity: nobodys.length < answering.length ? 'warning' : undefined,
		message: `The ${kind} of Service ${service.name} list ${addresses}, which no pod has.`,
		evidence: nobodys
			.slice(0, 3)
			.flatMap(({address}) =>
				endpointFields(slices, address, {path: 'addresses', read: (endpoint) => endpoint.addresses.join()}),
			),
		remedy: `Correct the addresses in the ${kind}, or give the Service a selector, so that they follow the pods.`,
		command,
	});
}

type PodRange = {readonly podCidr: string; readonly range: Cidr};

function rangeOf(snapshot: Snapshot, address: string): PodRange | undefined {
	const ip = parseIp(address);
	return ip && rangesOfNodes(snapshot.list('Node')).find(({range}) => isFor(ip, range));
}

/** Every hand-made endpoint asks, and there may be thousands of nodes. */
const rangesOfNodes = memoize((nodes: readonly Node[]): readonly PodRange[] =>
	nodes
		.flatMap(({podCIDRs}) => podCIDRs)
		.flatMap((podCidr) => {
			const range = parseCidr(podCidr);
			return range ? [{podCidr, range}] : [];
		}),
);

/** The first two addresses of a range are the node's own: its tunnel (flannel) and the gateway of its pods (bridge, host-local). */
function isFor(ip: Ip, range: Cidr): boolean {
	return cidrContains(range, ip) && ip.value - range.value > 1n;
}

/**
Network plugins with pools of their own (Calico, Cilium with cluster-pool IPAM) leave spec.podCIDRs unused: their tunnels, or another
cluster, may have addresses of it. So a pod of the node has to have one.
*/
function isNobodys(snapshot: Snapshot, address: string): boolean {
	const ip = parseIp(address);
	const podCidr = rangeOf(snapshot, address)?.podCidr;
	return (
		ip !== undefined &&
		podCidr !== undefined &&
		// A slice has the address as it was written, and the status of a pod has it in this form.
		snapshot.podsWithIp(ipText(ip)).length === 0 &&
		usedRanges(snapshot, snapshot.version).has(podCidr)
	);
}

const usedRanges = rememberRead((snapshot: Snapshot, _version: object): ReadonlySet<string> => {
	const pods = snapshot.list('Pod').filter(({hostNetwork}) => !hostNetwork);
	return new Set(
		pods.flatMap(({nodeName = '', podIPs}) => {
			const podCidrs = snapshot.get('Node', '', nodeName)?.podCIDRs ?? [];
			return podCidrs.filter((podCidr) => podIPs.some((text) => isIn(text, podCidr)));
		}),
	);
});

function isIn(text: string, range: string): boolean {
	const ip = parseIp(text);
	return ip !== undefined && isWithin(ip, range);
}
