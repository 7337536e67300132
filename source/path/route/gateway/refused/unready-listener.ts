import type {Condition} from '../../../../model/meta.ts';
import {refOf} from '../../../../model/ref.ts';
import type {Attachment} from '../../../../rules/gateway-api/listeners/attachment.ts';
import {plainName} from '../../../../rules/gateway-api/listeners/listener-sets.ts';
import {mostTelling} from '../../../controller/gateway/listener-findings.ts';
import {objectField, type EvidenceField} from '../../../finding.ts';

/** The listener that a route asked for, and the condition by which its controller leaves it out. */
type UnreadyListener = {
	readonly field: EvidenceField;
	readonly name: string;
	readonly condition: Condition;
};

/** Of a Gateway's own listeners: what keeps all of them from routes is the reason of the route's refusal. */
export function unreadyListener({gateway, answers}: Attachment): UnreadyListener | undefined {
	if (typeof gateway !== 'object' || !('listeners' in gateway)) {
		return undefined;
	}

	const unready = answers.map(({listener}) => {
		const conditions = gateway.listenerStatus.find(({name}) => name === listener.name)?.conditions ?? [];
		const condition = mostTelling(conditions);
		return condition && {name: plainName(listener), condition};
	});
	const [first] = unready;
	return first && unready.every((each) => each !== undefined)
		? {
				...first,
				field: objectField(
					refOf('Gateway', gateway),
					`status.listeners[${first.name}].conditions[${first.condition.type}]`,
					`${first.condition.status} (${first.condition.reason})`,
				),
			}
		: undefined;
}
