import {cidrContains, isIp, type Ip} from '../../model/matching/ip.ts';
import type {EndpointSets} from './categorize.ts';
import type {ProxyEndpoint} from './endpoints.ts';
import type {ProxyPort} from './proxy-port.ts';
import type {ExposureType} from './exposure-type.ts';

/** Which rules a node carries. */
export type RulesMode = 'iptables' | 'nftables' | 'ipvs';

/** Who sends the packet, as the node tells them apart: by its local detector, its own addresses, and the rest. */
export type Origin = {readonly type: 'pod' | 'node' | 'external'; readonly ip?: Ip};

export type ProxyRules = {
	readonly mode: RulesMode;
	readonly masqueradeAll: boolean;
	/** Without one (no cluster CIDR) pods cannot be told from others: no short-circuit, no masquerade of cluster IPs. */
	readonly localDetector: boolean;
	/** The node's primary address of the family. */
	readonly nodeIp?: Ip;
};

export type Verdict<E> =
	| {
			readonly verdict: 'DNAT';
			readonly endpoints: readonly E[];
			readonly set: 'cluster' | 'local';
			/** The backend sees the node's address, not the client's. */
			readonly masquerade: boolean;
	  }
	| {readonly verdict: 'REJECT'}
	| {readonly verdict: 'DROP'; readonly why: 'no-local-endpoint' | 'source-range' | 'unallocated'}
	/** No rule of kube-proxy takes the packet. */
	| {readonly verdict: 'NOT-HANDLED'};

type Question<E> = {
	readonly port: ProxyPort;
	readonly sets: EndpointSets<E>;
	readonly exposureType: ExposureType;
	readonly origin: Origin;
	readonly rules: ProxyRules;
};

/** What one node does with a packet that has come to a Service port by one of its entrances. */
export function exposureTypeVerdict<E extends ProxyEndpoint>(question: Question<E>): Verdict<E> {
	const {sets, exposureType} = question;
	if (exposureType === 'load-balancer' && isShutOut(question)) {
		return {verdict: 'DROP', why: 'source-range'};
	}

	if (!sets.hasAny) {
		return {verdict: 'REJECT'};
	}

	const {set, masquerade} = exposureType === 'cluster-ip' ? internal(question) : external(question);
	const endpoints = (set === 'local' ? sets.local : sets.cluster) ?? [];
	return endpoints.length === 0
		? {verdict: 'DROP', why: 'no-local-endpoint'}
		: {verdict: 'DNAT', endpoints, set, masquerade: masquerade || isHairpin(endpoints, question.origin)};
}

/** No rule limits a load balancer without endpoints in iptables mode: it rejects. In nftables mode the limit comes first. */
function isShutOut<E>({port, sets, origin, rules}: Question<E>): boolean {
	const {ip} = origin;
	if (port.sourceRanges.length === 0 || !ip || (rules.mode !== 'nftables' && !sets.hasAny)) {
		return false;
	}

	return !port.sourceRanges.some((range) => cidrContains(range, ip)) && !isOwnReturn(port, ip, rules);
}

/** A node that is let in may come back with the load balancer's address, which is often a local one, as its source. */
function isOwnReturn(port: ProxyPort, ip: Ip, {nodeIp}: ProxyRules): boolean {
	const nodeIsIn = nodeIp && port.sourceRanges.some((range) => cidrContains(range, nodeIp));
	return Boolean(nodeIsIn) && port.vips.some((vip) => isIp(vip, ip));
}

type Choice = {readonly set: 'cluster' | 'local'; readonly masquerade: boolean};

function internal<E>({port, origin, rules}: Question<E>): Choice {
	return {
		set: port.internalLocal ? 'local' : 'cluster',
		masquerade: rules.masqueradeAll || (rules.localDetector && origin.type !== 'pod'),
	};
}

/** Pods and the node itself go past policy Local, as if they went out to the load balancer and came back. */
function external<E>({port, origin, rules, sets}: Question<E>): Choice {
	if (!port.externalLocal) {
		return {set: 'cluster', masquerade: true};
	}

	// Pods get the cluster's endpoints where the node has none; the answer to the node itself, which asks with the load balancer's
	// own address, is lost (pkg/proxy/ipvs syncEndpoint; kubernetes/kubernetes#93456).
	if (rules.mode === 'ipvs') {
		return {set: origin.type === 'pod' && sets.local?.length === 0 ? 'cluster' : 'local', masquerade: false};
	}

	if (origin.type === 'node') {
		return {set: 'cluster', masquerade: true};
	}

	return {set: origin.type === 'pod' && rules.localDetector ? 'cluster' : 'local', masquerade: false};
}

/** A pod that may be given itself: the answer has to come back over the node. */
function isHairpin(endpoints: readonly ProxyEndpoint[], {ip}: Origin): boolean {
	return ip !== undefined && endpoints.some(({address}) => isIp(address, ip));
}
