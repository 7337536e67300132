import {refOf} from '../../model/ref.ts';
import {nodeColumn, showSlices} from '../endpoints/service-evidence.ts';
import {nodeFields} from '../endpoints/slice-fields.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {namesList} from '../../rules/names-list.ts';
import {count} from '../words.ts';
import type {Fault} from './fault.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';

/**
204 and 205. With a health check node port the load balancer leaves nodes without endpoints out: that is how policy
Local is meant, and no warning. Without one, clients and load balancers send there and are dropped.
*/
export function localNodesFaults(exposed: Exposed): readonly Fault[] {
	const {nodes} = exposed;
	if (!nodes || nodes.healthy.length + nodes.unhealthy.length === 0 || isLeftToProxy(exposed)) {
		return [];
	}

	if (nodes.healthy.length === 0) {
		// Load balancers fail open: nodes reject what has no endpoint anywhere, and drop what has none on them.
		const stop = hasReadyElsewhere(exposed) || stillServes(exposed) ? 'dropped' : 'refused';
		return [{finding: noNode(exposed), stop}];
	}

	return nodes.unhealthy.length > 0 ? [{finding: someNodes(exposed, nodes)}] : [];
}

/** No load balancer chooses the node: what is dropped is dropped by the node's rules (KNET606). */
function isLeftToProxy({service, proxyFollows}: Exposed): boolean {
	return Boolean(proxyFollows) && service.type !== 'LoadBalancer';
}

/** Whether an endpoint may still answer behind a health check that fails. */
export function stillServes({endpoints}: Exposed): boolean {
	return endpoints?.some(({serving, terminating}) => serving && terminating) ?? false;
}

/** Endpoints are there, and no node takes one for its own: nodes drop. None at all: nodes refuse. */
export function hasReadyElsewhere({endpoints}: Exposed): boolean {
	return endpoints?.some(({ready}) => ready) ?? false;
}

function noNode(exposed: Exposed): Finding {
	const {service} = exposed;
	const nameless = endpointsWithoutNode(exposed);
	const why = hasReadyElsewhere(exposed)
		? nameless > 0
			? `${count(nameless, 'ready endpoint')} ${nameless === 1 ? 'names' : 'name'} no node`
			: 'ready endpoints are on nodes that the load balancer does not use'
		: 'none is Ready';
	const effect = service.type === 'LoadBalancer' ? 'every health check fails' : 'no node port leads to one';
	return finding(loadBalancerFindings.noNodeHasLocalEndpoint, {
		severity: stillServes(exposed) ? 'warning' : 'error',
		message: `externalTrafficPolicy is Local and no node has a Ready endpoint of ${service.name} (${why}): ${effect}.`,
		evidence: [
			objectField(refOf('Service', service), 'spec.externalTrafficPolicy', 'Local'),
			...nodeFields(exposed.hopContext.snapshot, service),
		],
		remedy: hasReadyElsewhere(exposed)
			? 'Give the endpoints a nodeName that is a Ready node, or set externalTrafficPolicy: Cluster.'
			: 'Get a pod of the Service Ready.',
		command: showSlices(service),
	});
}

function endpointsWithoutNode({endpoints}: Exposed): number {
	return endpoints?.filter(({ready, node}) => ready && node === undefined).length ?? 0;
}

function someNodes(
	{hopContext, service, port}: Exposed,
	{healthy, unhealthy}: NonNullable<Exposed['nodes']>,
): Finding {
	const check = service.type === 'LoadBalancer' ? service.healthCheckNodePort : undefined;
	const names = namesList(unhealthy);
	return finding(loadBalancerFindings.nodesWithoutLocalEndpoint, {
		severity: check ? 'info' : 'warning',
		message: check
			? `externalTrafficPolicy is Local: the load balancer's health check passes on ${namesList(healthy)} and leaves out ${names}.`
			: `externalTrafficPolicy is Local and ${names} ${unhealthy.length === 1 ? 'has' : 'have'} no endpoint of ${service.name}: clients that come to node port ${port?.nodePort ?? '?'} there are dropped.`,
		evidence: [
			objectField(refOf('Service', service), 'spec.externalTrafficPolicy', 'Local'),
			...(check ? [objectField(refOf('Service', service), 'spec.healthCheckNodePort', String(check))] : []),
			...nodeFields(hopContext.snapshot, service),
		],
		remedy: check
			? 'Leave it, as long as the load balancer asks the health check.'
			: `Send clients to ${namesList(healthy)}, run a pod on every node, or set externalTrafficPolicy: Cluster.`,
		command: showSlices(service, nodeColumn),
	});
}
