import {kubectl} from '../../../model/safe-text/command.ts';
import {findCondition} from '../../../model/meta.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {podsMatching} from '../../../rules/endpoint-slices/selected-pods.ts';
import {workloadsBehind} from '../../../rules/endpoint-slices/workloads.ts';
import {scaledToZero} from '../../endpoints/no-pods.ts';
import {objectField, type Finding} from '../../finding.ts';
import {quoted} from '../../words.ts';

type Why = Pick<Finding, 'message' | 'remedy' | 'command' | 'evidence'>;

/** As kubeadm and the charts deploy CoreDNS. */
const usualReplicas = 2;

/** Why the DNS Service has no endpoint at all: no workload has pods, or no node takes them. */
export function noDnsPods(snapshot: Snapshot, service: Service): Why | undefined {
	const behind = workloadsBehind(snapshot, service);
	const [first] = behind;
	return first && behind.every(({workload}) => workload.replicas === 0)
		? scaledToZero(service, first, usualReplicas)
		: unscheduled(snapshot, service);
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
		message: `Pod ${pod.name} is not scheduled: ${quoted(said)}.`,
		remedy: 'Give the DNS pods what the scheduler asks for: a toleration, a node that fits, room.',
		command: kubectl(service, 'describe', 'pod', pod.name),
		evidence: [objectField(refOf('Pod', pod), 'status.conditions[PodScheduled].message', said)],
	};
}
