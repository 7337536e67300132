import {networkPolicyEvaluator} from '../../network-policy/evaluate.ts';
import type {HopContext} from '../../hop-evaluator.ts';
import type {ServiceSegment} from './service-segment.ts';
import type {Service} from '../../../model/services/service.ts';
import type {Pod} from '../../../model/workloads/pod.ts';

export function policySource(
	{source, snapshot}: HopContext,
	{controller, exposureType}: ServiceSegment,
	{externalTrafficPolicy}: Service,
): Parameters<typeof networkPolicyEvaluator.evaluate>[1]['from'] {
	if (controller) {
		const {pods, workload, implementation, record} = controller;
		return {
			type: 'controller',
			pods,
			workload,
			name: implementation,
			sender: record.sender ?? (record.managed ? {identity: 'outside', addresses: []} : undefined),
		};
	}

	switch (source.kind) {
		case 'pod': {
			const pod: Pod | undefined = snapshot.get('Pod', source.namespace, source.name);
			// Its labels are not known: what a policy says of it is not, either.
			return pod ? {type: 'pod', pod} : {type: 'node'};
		}

		case 'node':
			return {type: 'node', name: source.name};
		case 'external':
			return {
				type: 'external',
				ip: source.ip,
				isMasqueraded: exposureType !== 'cluster-ip' && externalTrafficPolicy === 'Cluster',
			};
	}
}
