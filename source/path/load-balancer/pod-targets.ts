import {kubectl} from '../../model/safe-text/command.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf} from '../../model/ref.ts';
import type {TargetGroupBinding} from '../../model/services/target-group-binding.ts';
import {selectedPods} from '../../rules/endpoint-slices/selected-pods.ts';
import {failedGates, healthIn} from '../../rules/load-balancers/pod-targets.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';

type Targeted = Pick<Exposed, 'hopContext' | 'service' | 'podTargets'>;

/** 212: what the load balancer's own health checks say of the pods that it sends to, as readiness gates tell it. */
export function targetFindings(exposed: Targeted): readonly Finding[] {
	const {podTargets, service, hopContext} = exposed;
	const pods = podTargets ? (selectedPods(hopContext.snapshot, service) ?? []) : [];
	const own = (podTargets?.groups ?? []).flatMap((group) => ofGroup(exposed, group, pods));
	const others = pods.filter((pod) => failedGates(pod).length > 0);
	return own.length > 0 || others.length === 0 ? own : [gatesElsewhere(exposed, others)];
}

/** Only where all targets of a group are unhealthy they all get requests (Network Load Balancers, health checks). */
function ofGroup({service}: Targeted, group: TargetGroupBinding, pods: readonly Pod[]): readonly Finding[] {
	const unhealthy = pods.filter((pod) => healthIn(group, pod) === false);
	const [first] = unhealthy;
	if (!first) {
		return [];
	}

	const isAll = unhealthy.length === pods.length;
	return [
		finding(loadBalancerFindings.targetsUnhealthy, {
			severity: isAll ? 'warning' : 'info',
			message: isAll
				? `No target of target group ${group.name} is healthy: the load balancer sends to all of them.`
				: `${unhealthy.length} of ${count(pods.length, 'target')} of target group ${group.name} ${unhealthy.length === 1 ? 'is' : 'are'} unhealthy.`,
			evidence: gateFields(unhealthy, `target-health.elbv2.k8s.aws/${group.name}`),
			remedy: `Fix the health check of the target group for Service ${service.name}: port, path and expected status.`,
			command: kubectl(group, 'describe', 'targetgroupbinding', group.name),
		}),
	];
}

function gatesElsewhere({service}: Targeted, pods: readonly Pod[]): Finding {
	const gates = [...new Set(pods.flatMap(failedGates))];
	return finding(loadBalancerFindings.targetsUnhealthy, {
		severity: 'info',
		message: `Readiness gates of other target groups keep ${count(pods.length, 'pod')} of ${service.name} from being Ready inside the cluster.`,
		evidence: gates.flatMap((gate) => gateFields(pods, gate)).slice(0, 5),
		remedy: `Fix the health check of ${namesOf(gates)}.`,
		command: kubectl(service, 'get', 'targetgroupbinding'),
	});
}

function gateFields(pods: readonly Pod[], gate: string): readonly EvidenceField[] {
	return pods
		.slice(0, 3)
		.map((pod) =>
			objectField(
				refOf('Pod', pod),
				`status.conditions[${gate}].status`,
				pod.conditions.find(({type}) => type === gate)?.status ?? 'absent',
			),
		);
}
