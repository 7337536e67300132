import type {CoreV1Event, EventsV1Event} from '@kubernetes/client-node';
import type {EventObject} from '../../model/workloads/event-object.ts';
import {projectMeta} from '../meta.ts';
import {is, number, record, text, time, type WireOf} from '../wire.ts';

/** core/v1 (`involvedObject`) and events.k8s.io/v1 (`regarding`, `note`). */
export function projectEvent(wire: WireOf<CoreV1Event & EventsV1Event>): EventObject {
	const regarding = record(wire['regarding'] ?? wire['involvedObject']);
	const series = record(wire['series']);
	const times = [
		series['lastObservedTime'],
		wire['lastTimestamp'],
		wire['deprecatedLastTimestamp'],
		wire['eventTime'],
	];
	const meta = projectMeta(wire);
	return {
		...meta,
		type: is(wire['type'], 'Normal') ? 'Normal' : 'Warning',
		reason: text(wire['reason']),
		message: text(wire['note'] ?? wire['message']),
		regarding: {
			kind: text(regarding['kind']),
			namespace: text(regarding['namespace']),
			name: text(regarding['name']),
		},
		count: number(series['count'] ?? wire['count'] ?? wire['deprecatedCount'], 1),
		at: Math.max(0, ...times.map((item) => time(item) ?? 0)) || (meta.createdAt ?? 0),
	};
}
