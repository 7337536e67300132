import {refOf} from '../../model/ref.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import type {TargetGroupBinding} from '../../model/services/target-group-binding.ts';
import {podTargetsOf} from '../../rules/load-balancers/pod-targets.ts';
import type {HopContext, HopEvaluation} from '../hop-evaluator.ts';
import {statusOf} from '../hop-status.ts';
import {targetFindings} from './pod-targets.ts';

type Bound = {
	readonly service: Service;
	readonly port: ServicePort | undefined;
	readonly group: TargetGroupBinding;
};

/** A load balancer that was made outside the cluster sends to a target group, and the pods of the Service are its targets. */
export function boundHop(
	hopContext: HopContext,
	{service, port, group}: Bound,
): HopEvaluation<'load-balancer'> {
	const podTargets = podTargetsOf(hopContext.snapshot, service, port);
	const findings = targetFindings({hopContext, service, podTargets});
	return {
		hop: {
			kind: 'load-balancer',
			status: statusOf(findings),
			basis: 'objects',
			subject: refOf('TargetGroupBinding', group),
			summary: `target group bound by TargetGroupBinding ${group.name}, to pods`,
			findings,
			notChecked: [`the load balancer of TargetGroupBinding ${group.namespace}/${group.name}`],
		},
	};
}
