import {refOf, refText} from '../../source/model/ref.ts';
import type {Gateway, Listener, RouteKind} from '../../source/model/routes/gateway.ts';
import type {Snapshot} from '../../source/model/snapshot.ts';
import type {Attachment} from '../../source/rules/gateway-api/listeners/attachment.ts';
import {listenerConditions} from '../../source/rules/gateway-api/listeners/gateway-conditions.ts';
import {conflictOf, supportedKinds} from '../../source/rules/gateway-api/listeners/listeners.ts';
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

/** Status of a listener (apis/v1 ListenerStatus). */
type PredictedListener = {
	readonly name: string;
	/** Accepted routes, whatever their backends and the listener's certificate. */
	readonly attachedRoutes: number;
	readonly supportedKinds: readonly RouteKind[];
	readonly conditions: readonly Predicted[];
};

export function predictListener(
	snapshot: Snapshot,
	{gateway, listener, attachments}: ListenerOf,
): PredictedListener {
	return {
		name: listener.name,
		attachedRoutes: conflictOf(gateway, listener) ? 0 : attachedTo({gateway, listener, attachments}),
		supportedKinds: supportedKinds(listener),
		conditions: listenerConditions(snapshot, gateway, listener),
	};
}

type ListenerOf = {
	readonly gateway: Gateway;
	readonly listener: Listener;
	readonly attachments: readonly Attachment[];
};

function attachedTo({gateway, listener, attachments}: ListenerOf): number {
	const routes = attachments
		.filter((attachment) => isOf(attachment, gateway))
		.filter(({answers}) =>
			answers.some((answer) => answer.state === 'attached' && answer.listener.name === listener.name),
		)
		.map(({route}) => refText(refOf(route.routeKind, route)));
	return new Set(routes).size;
}

/** Whether an attachment is to this Gateway. */
function isOf({gateway}: Attachment, wanted: Gateway): boolean {
	return (
		typeof gateway === 'object' &&
		'listeners' in gateway &&
		gateway.namespace === wanted.namespace &&
		gateway.name === wanted.name
	);
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
