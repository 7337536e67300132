import {cidrContains, parseCidr, parseIp, type Cidr, type Ip} from '../../model/matching/ip.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';
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
	const inRange = answering.filter(({pod, address}) => pod === undefined && isOfPods(snapshot, address));
	return inRange.length > 0 && isKnown(snapshot.state('Pod'))
		? inRange.filter(({address}) => snapshot.podsWithIp(address).length === 0)
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

function isOfPods(snapshot: Snapshot, address: string): boolean {
	const ip = parseIp(address);
	return (
		ip !== undefined &&
		snapshot.list('Node').some(({podCIDRs}) => podCIDRs.some((text) => isFor(ip, parseCidr(text))))
	);
}

/** The first two addresses of a range are the node's own: its tunnel (flannel) and the gateway of its pods (bridge, host-local). */
function isFor(ip: Ip, range: Cidr | undefined): boolean {
	return range !== undefined && cidrContains(range, ip) && ip.value - range.value > 1n;
}
