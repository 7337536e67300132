import {kubectl} from '../../model/safe-text/command.ts';
import type {EventObject} from '../../model/workloads/event-object.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {eventField, eventText} from '../event-field.ts';
import {type Finding, finding} from '../finding.ts';
import {count} from '../words.ts';
import type {PodsView} from './pod-view.ts';
import {podFindings} from './catalogue.ts';

const makers = ['ReplicaSet', 'StatefulSet', 'DaemonSet'] as const;

/** KNET704, where not even the pods can be made: the workload controller says why (quota, admission, service account). */
export function creationRefused(view: PodsView): readonly Finding[] {
	const {service, snapshot, pods} = view;
	const selector = service?.selector;
	if (!selector) {
		return [];
	}

	return makers.flatMap((kind) =>
		snapshot
			.list(kind, view.namespace)
			.filter((workload) => matchesLabels(selector, workload.templateLabels))
			.flatMap((workload) => {
				const has = pods.filter(({owner}) => owner?.kind === kind && owner.name === workload.name).length;
				const event =
					has < workload.replicas
						? snapshot
								.eventsOf(kind, workload.namespace, workload.name)
								.findLast(({reason}) => reason === 'FailedCreate')
						: undefined;
				return event ? [refused(view, {kind, workload, has, event})] : [];
			}),
	);
}

type Refusal = {
	readonly kind: string;
	readonly workload: Workload;
	readonly has: number;
	readonly event: EventObject;
};

function refused(view: PodsView, {kind, workload, has, event}: Refusal): Finding {
	return finding(podFindings.podPending, {
		severity: view.isNoneServing ? 'error' : 'warning',
		message:
			`${kind} ${workload.name} has ${has} of ${count(workload.replicas, 'pod')}, and no more can be made: ${eventText(event)}`.replace(
				/\.*$/,
				'.',
			),
		evidence: [eventField(event)],
		remedy: 'Free what the message asks for: quota, a limit, what an admission webhook wants.',
		command: kubectl(workload, 'describe', kind.toLowerCase(), workload.name),
	});
}
