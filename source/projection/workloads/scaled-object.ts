import type {ScaledObject} from '../../model/workloads/scaled-object.ts';
import {projectConditions, projectMeta} from '../meta.ts';
import {number, optionalText, record, records, text, type Wire} from '../wire.ts';

/** `kind` is Deployment and `minReplicaCount` 0 where they are left out (keda.sh, ScaledObject specification). */
export function projectScaledObject(wire: Wire): ScaledObject {
	const spec = record(wire['spec']);
	const target = record(spec['scaleTargetRef']);
	const idleField = spec['idleReplicaCount'] === undefined ? 'minReplicaCount' : 'idleReplicaCount';
	return {
		...projectMeta(wire),
		target: {kind: text(target['kind']) || 'Deployment', name: text(target['name'])},
		idle: {field: idleField, replicas: number(spec[idleField])},
		triggers: records(spec['triggers']).map((trigger) => ({
			type: text(trigger['type']),
			scalerAddress: optionalText(record(trigger['metadata'])['scalerAddress']),
		})),
		conditions: projectConditions(record(wire['status'])['conditions']),
	};
}
