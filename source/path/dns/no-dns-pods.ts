import {kubectl} from '../../model/command.ts';
import {findCondition} from '../../model/meta.ts';
import {refOf} from '../../model/ref.ts';
import type {Service} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {podsMatching} from '../../rules/endpoint-slices/selected-pods.ts';
import {workloadsBehind} from '../../rules/endpoint-slices/workloads.ts';
import {objectField, type Finding} from '../finding.ts';

type Why = Pick<Finding, 'message' | 'remedy' | 'command' | 'evidence'>;

/** Why the DNS Service has no endpoint at all: nobody wants pods, or no node takes them. */
export function noDnsPods(snapshot: Snapshot, service: Service): Why | undefined {
	return scaledToZero(snapshot, service) ?? unscheduled(snapshot, service);
}

function scaledToZero(snapshot: Snapshot, service: Service): Why | undefined {
	const behind = workloadsBehind(snapshot, service);
	const [first] = behind;
	if (!first || behind.some(({workload}) => workload.replicas > 0)) {
		return undefined;
	}

	const {kind, workload} = first;
	const isDaemonSet = kind === 'DaemonSet';
	const resource = `${kind.toLowerCase()}/${workload.name}`;
	return {
		message: isDaemonSet
			? `No node fits DaemonSet ${workload.name}.`
			: `${kind} ${workload.name} is scaled to 0 replicas.`,
		remedy: isDaemonSet ? 'Look at its node selector, affinity and tolerations.' : 'Scale it up.',
		command: isDaemonSet
			? kubectl(service, 'describe', resource)
			: kubectl(service, 'scale', resource, '--replicas=2'),
		evidence: [
			objectField(
				refOf(kind, workload),
				isDaemonSet ? 'status.desiredNumberScheduled' : 'spec.replicas',
				String(workload.replicas),
			),
		],
	};
}

function unscheduled(snapshot: Snapshot, service: Service): Why | undefined {
	const [first] = podsMatching(snapshot, service.namespace, service.selector ?? {}).flatMap((pod) => {
		const condition = findCondition(pod.conditions, 'PodScheduled');
		return condition?.status === 'False' && !pod.nodeName ? [{pod, condition}] : [];
	});
	if (!first) {
		return undefined;
	}

	const {pod, condition} = first;
	const said = condition.message || condition.reason;
	return {
		message: `Pod ${pod.name} is not scheduled: ${said}`,
		remedy: 'Give the DNS pods what the scheduler asks for: a toleration, a node that fits, room.',
		command: kubectl(service, 'describe', 'pod', pod.name),
		evidence: [objectField(refOf('Pod', pod), 'status.conditions[PodScheduled].message', said)],
	};
}
