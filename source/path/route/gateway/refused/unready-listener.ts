import type {Condition} from '../../../../model/meta.ts';
import type {Attachment} from '../../../../rules/gateway-api/listeners/attachment.ts';
import {plainName} from '../../../../rules/gateway-api/listeners/listener-sets.ts';
import {conditionsOf, mostTelling, reportedField} from '../../../controller/gateway/listener-findings.ts';
import type {EvidenceField} from '../../../finding.ts';

/** The listener that a route asked for, and the condition by which its controller leaves it out. */
type UnreadyListener = {
	readonly field: EvidenceField;
	readonly name: string;
	readonly condition: Condition;
};

/** The first listener that the route asks for, where none of those it asks for serves: that is why the route is refused. */
export function unreadyListener({gateway, answers}: Attachment): UnreadyListener | undefined {
	if (typeof gateway !== 'object' || !('listeners' in gateway)) {
		return undefined;
	}

	const unready = answers.map(({listener}) => {
		const condition = mostTelling(conditionsOf(gateway, listener));
		return (
			condition && {
				name: plainName(listener),
				condition,
				field: reportedField(gateway, listener, condition),
			}
		);
	});
	return unready.every((each) => each !== undefined) ? unready[0] : undefined;
}
