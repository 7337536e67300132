import type {PolicyPort} from '../../model/policies/network-policy.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Protocol} from '../../model/services/service.ts';
import {anyOf, type Answer, type Party} from './party.ts';

/** What a connection uses at its destination, behind any Service's translation. */
export type Destination = {
	readonly party: Party;
	readonly protocol: Protocol;
	/** Container port. */
	readonly port: number;
};

/** Whether `ports` of a rule mean the connection: an empty list means all. */
export function matchPorts(ports: readonly PolicyPort[], destination: Destination): Answer {
	return ports.length === 0 ? 'yes' : anyOf(ports, (port) => matchPort(port, destination));
}

/** Whether an item of `ports` means the connection (networking/v1 NetworkPolicyPort). */
export function matchPort(rule: PolicyPort, {party, protocol, port}: Destination): Answer {
	if (rule.protocol !== protocol) {
		return 'no';
	}

	if (rule.port === undefined) {
		return 'yes';
	}

	if (typeof rule.port === 'number') {
		const last = rule.endPort ?? rule.port;
		return port >= rule.port && port <= last ? 'yes' : 'no';
	}

	// A name is looked up in the pod that is connected to, on egress, too; plugins differ in what a missing one does.
	const pod = party.type === 'pod' || party.type === 'host' ? party.pod : undefined;
	return pod ? matchNamedPort(rule.port, protocol, {pod, port}) : 'no';
}

function matchNamedPort(
	name: string,
	protocol: Protocol,
	{pod, port}: {readonly pod: Pod; readonly port: number},
): Answer {
	const named = [...pod.containers, ...pod.initContainers.filter(({sidecar}) => sidecar)]
		.flatMap(({ports}) => ports)
		.filter((item) => item.name === name && item.protocol === protocol);
	return named.length === 0
		? 'unknown'
		: named.some(({containerPort}) => containerPort === port)
			? 'yes'
			: 'no';
}
