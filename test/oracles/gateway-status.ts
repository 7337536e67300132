import type {Snapshot} from '../../source/model/snapshot.ts';
import type {Attachment} from '../../source/rules/gateway-api/listeners/attachment.ts';
import type {PredictedListener} from '../../source/rules/gateway-api/listeners/gateway-conditions.ts';
import {specProfile} from '../../source/rules/gateway-api/profile.ts';
import {resolvedRefsOf, type Predicted} from '../../source/rules/gateway-api/route-conditions.ts';

/** Conditions of a route for one parentRef (apis/v1 RouteConditionType). Accepted and ResolvedRefs are independent. */
export function routeConditions(snapshot: Snapshot, attachment: Attachment): readonly Predicted[] {
	return [acceptedOf(attachment), resolvedRefsOf(snapshot, attachment.route, specProfile)];
}

function acceptedOf({refusal, answers}: Attachment): Predicted {
	if (refusal) {
		return {type: 'Accepted', status: 'False', reason: refusal};
	}

	return answers.some(({state}) => state === 'attached')
		? {type: 'Accepted', status: 'True', reason: 'Accepted'}
		: {type: 'Accepted', status: 'Unknown', reason: 'Pending'};
}

/** Conditions of the Gateway itself: accepted with the listeners that are valid, if any is (apis/v1 GatewayReasonListenersNotValid). */
export function predictGateway(listeners: readonly PredictedListener[]): readonly Predicted[] {
	const valid = listeners.filter(({conditions}) =>
		conditions.some(({type, status}) => type === 'Accepted' && status === 'True'),
	);
	const status = valid.length > 0 ? 'True' : 'False';
	const reason = valid.length === listeners.length ? 'Accepted' : 'ListenersNotValid';
	const programmed = listeners.some(({conditions}) =>
		conditions.some((condition) => condition.type === 'Programmed' && condition.status === 'True'),
	);
	return [
		{type: 'Accepted', status, reason},
		programmed
			? {type: 'Programmed', status: 'True', reason: 'Programmed'}
			: {type: 'Programmed', status: 'False', reason: 'Invalid'},
	];
}
