import type {Node} from '../../model/workloads/node.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {podTargetsOf} from './pod-targets.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/**
Nodes that an AWS Network Load Balancer sends to, where it keeps the addresses of clients: a connection that it sends back to the node
it came from never opens (Elastic Load Balancing, troubleshooting: requests from a target to its load balancer;
kubernetes/cloud-provider-aws#1160). Undefined: it is none such.
*/
export function nlbTargetNodes(
	snapshot: Snapshot,
	service: Service,
	localNodes: readonly string[] | undefined,
): readonly string[] | undefined {
	const {annotations, loadBalancerClass} = service;
	const type = annotations[`${prefix}type`];
	const isNlb = type === 'nlb' || type === 'external' || loadBalancerClass === 'service.k8s.aws/nlb';
	const givesUpAddress = /preserve_client_ip\.enabled=false/u.test(
		annotations[`${prefix}target-group-attributes`] ?? '',
	);
	if (!isNlb || givesUpAddress || podTargetsOf(snapshot, service, undefined)) {
		return undefined;
	}

	const labels = labelsOf(annotations[`${prefix}target-node-labels`] ?? '');
	const nodes = snapshot
		.list('Node')
		.filter((node) => labels.every(([key, value]) => node.labels[key] === value));
	return nodes.filter((node) => takesPart(node, localNodes)).map(({name}) => name);
}

function takesPart({name, labels}: Node, localNodes: readonly string[] | undefined): boolean {
	return (
		labels['node.kubernetes.io/exclude-from-external-load-balancers'] === undefined &&
		(localNodes?.includes(name) ?? true)
	);
}

/** `KEY=VALUE,KEY=VALUE`. */
function labelsOf(text: string): readonly (readonly [string, string])[] {
	return text
		.split(',')
		.filter((pair) => pair.includes('='))
		.map((pair) => {
			const [key = '', value = ''] = pair.split('=');
			return [key.trim(), value.trim()] as const;
		});
}
