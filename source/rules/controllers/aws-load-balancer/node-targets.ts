import {computeTypeLabel, type Node} from '../../../model/workloads/node.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {NothingSent} from '../record/nothing-sent.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';

/**
Nodes as targets need a node port, and nodes that may be targets (AWS Load Balancer Controller, pkg/backend/endpoint_resolver.go,
ResolveNodePortEndpoints; pkg/backend/endpoint_utils.go, defaultTrafficProxyNodeLabelSelector).
*/
export function withoutNodeTargets(
	snapshot: Snapshot,
	service: Service,
	port: ServicePort,
): NothingSent | undefined {
	const mayLack = service.type === 'ClusterIP' || !service.allocateLoadBalancerNodePorts;
	if (port.nodePort === undefined && mayLack) {
		return {
			why: 'its targets are node ports, and it has none',
			field: `spec.ports[${service.ports.indexOf(port)}].nodePort`,
			value: 'absent',
			remedy: 'Set the target type to ip, or make the Service of type NodePort.',
		};
	}

	const nodes = snapshot.list('Node');
	const [first] = nodes;
	return isKnown(snapshot.state('Node')) && first && !nodes.some(mayBeTarget)
		? {
				why: 'no node here may be its target (Fargate, or excluded)',
				object: refOf('Node', first),
				field: 'metadata.labels',
				value: whyExcluded(first),
				remedy: 'Set the target type to ip: pods are then the targets.',
			}
		: undefined;
}

function mayBeTarget({labels}: Node): boolean {
	return labels[computeTypeLabel] !== 'fargate' && !excluding.some((name) => name in labels);
}

function whyExcluded({labels}: Node): string {
	return excluding.find((name) => name in labels) ?? `${computeTypeLabel}=fargate`;
}

const excluding = [
	'node-role.kubernetes.io/master',
	'node.kubernetes.io/exclude-from-external-load-balancers',
	'alpha.service-controller.kubernetes.io/exclude-balancer',
];
