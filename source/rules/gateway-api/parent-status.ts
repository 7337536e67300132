import type {ParentRef, Route} from '../../model/routes/gateway.ts';
import {findCondition, isBehind, type Condition} from '../../model/meta.ts';
import type {Attachment} from './listeners/attachment.ts';

/** What the controller has written about one parentRef of a route. */
export type ParentStatus = {
	/** `fresh`: about the present form of the route; `stale`: about an older one; `absent`: nothing is written. */
	readonly age: 'fresh' | 'stale' | 'absent';
	readonly accepted?: Condition;
	readonly resolvedRefs?: Condition;
	readonly partiallyInvalid?: Condition;
};

/** Looked up by parentRef and controller, conditions by type (apis/v1 RouteParentStatus). */
export function parentStatus(
	{route, parentRef}: Pick<Attachment, 'route' | 'parentRef'>,
	controllerName: string | undefined,
): ParentStatus {
	const entry = route.parents.find(
		(parent) =>
			isSameRef(parent.parentRef, parentRef, route) &&
			(controllerName === undefined || parent.controllerName === controllerName),
	);
	const accepted = entry && findCondition(entry.conditions, 'Accepted');
	if (!entry || !accepted) {
		return {age: 'absent'};
	}

	return {
		age: entry.conditions.some((condition) => isBehind(condition, route.generation)) ? 'stale' : 'fresh',
		accepted,
		resolvedRefs: findCondition(entry.conditions, 'ResolvedRefs'),
		partiallyInvalid: findCondition(entry.conditions, 'PartiallyInvalid'),
	};
}

function isSameRef(left: ParentRef, right: ParentRef, route: Route): boolean {
	return (
		left.name === right.name &&
		left.kind === right.kind &&
		left.group === right.group &&
		(left.namespace ?? route.namespace) === (right.namespace ?? route.namespace) &&
		left.sectionName === right.sectionName &&
		left.port === right.port
	);
}
