import type {BackendRef, Route, RouteMatch, RouteRule} from '../../../model/routes/gateway.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {memoize, rememberRead} from '../../memoize.ts';
import {recordByGatewayClass} from '../../controllers/records.ts';
import {matchesOfRule, pathOf} from '../candidate.ts';
import {ownAttachments, type Attachment} from './attachment.ts';
import {gatewayGroup} from './listeners.ts';

/**
Where a route stands: at the Gateways that it names, and where a rule of another route hands requests to it, by a backend of kind
HTTPRoute, `*` for all of a namespace (kgateway, pkg/kgateway/translator/httproute/delegation.go).
*/
export const attachments = rememberRead((snapshot, route: Route): readonly Attachment[] => [
	...ownAttachments(snapshot, route).map((each) => withoutDelegating(snapshot, each)),
	...delegated(snapshot, route, [route]),
]);

/** Whether the attachment offers a match of its route. */
export function offers({delegating, within}: Attachment, ruleIndex: number, match: RouteMatch): boolean {
	return !delegating?.has(ruleIndex) && isWithinAny(within, match);
}

function isWithinAny(within: Attachment['within'], match: RouteMatch): boolean {
	return !within || within.some((outer) => isWithin(outer, match));
}

/** IsDelegatedRouteMatch (pkg/kgateway/utils/delegation); a slash at the end of a prefix does not count. */
function isWithin(outer: RouteMatch, inner: RouteMatch): boolean {
	const holds = (part: 'headers' | 'query'): boolean =>
		outer[part].every((wanted) => inner[part].some((own) => JSON.stringify(own) === JSON.stringify(wanted)));
	return (
		pathOf(outer).type === 'PathPrefix' &&
		pathOf(inner).value.startsWith(pathOf(outer).value.replace(/\/$/u, '')) &&
		holds('headers') &&
		holds('query') &&
		(outer.method === undefined || outer.method === inner.method)
	);
}

/** A child has no hosts of its own, and names its parent or none. */
function delegated(snapshot: Snapshot, child: Route, visited: readonly Route[]): readonly Attachment[] {
	const mayBeChild = child.routeKind === 'HTTPRoute' && child.hostnames.length === 0 && !inherits(child);
	return !mayBeChild
		? []
		: delegations(snapshot.list('HTTPRoute'))
				.filter(({parent, ref}) => !visited.includes(parent) && isMeant(parent, ref, child))
				.flatMap(({parent, rule}) =>
					[...ownAttachments(snapshot, parent), ...delegated(snapshot, parent, [...visited, parent])]
						.filter((each) => delegates(snapshot, each))
						.map((each) => ({
							...each,
							route: child,
							parentRef: {
								group: gatewayGroup,
								kind: 'HTTPRoute',
								namespace: parent.namespace,
								name: parent.name,
							},
							within: matchesOfRule(rule).filter((match) => isWithinAny(each.within, match)),
						})),
				);
}

function isMeant(parent: Route, {namespace, name}: BackendRef, child: Route): boolean {
	return (
		child.namespace === (namespace ?? parent.namespace) &&
		(name === '*' || name === child.name) &&
		(child.parentRefs.length === 0 ||
			child.parentRefs.some(
				(ref) =>
					ref.kind === 'HTTPRoute' &&
					ref.name === parent.name &&
					(ref.namespace ?? child.namespace) === parent.namespace,
			))
	);
}

type Delegation = {readonly parent: Route; readonly rule: RouteRule; readonly ref: BackendRef};

const delegations = memoize((routes: readonly Route[]): readonly Delegation[] =>
	routes.flatMap((parent) =>
		parent.rules.flatMap((rule) => rule.backendRefs.filter(isRoute).map((ref) => ({parent, rule, ref}))),
	),
);

function isRoute({group, kind}: BackendRef): boolean {
	return group === gatewayGroup && kind === 'HTTPRoute';
}

/** A child whose paths go on from that of its parent is not followed (ShouldInheritParentMatcher). */
function inherits({annotations}: Route): boolean {
	return Object.entries(annotations).some(
		([name, value]) => name.endsWith('/inherit-parent-matcher') && /^(?:true|yes|enabled)$/iu.test(value),
	);
}

function withoutDelegating(snapshot: Snapshot, attachment: Attachment): Attachment {
	const {route} = attachment;
	const delegating = route.rules.flatMap(({backendRefs}, index) =>
		backendRefs.some((ref) => isRoute(ref) && !leadsToHeirs(snapshot, route, ref)) ? [index] : [],
	);
	return delegating.length > 0 && delegates(snapshot, attachment)
		? {...attachment, delegating: new Set(delegating)}
		: attachment;
}

function leadsToHeirs(snapshot: Snapshot, parent: Route, ref: BackendRef): boolean {
	return snapshot
		.list('HTTPRoute', ref.namespace ?? parent.namespace)
		.some((child) => (ref.name === '*' || ref.name === child.name) && inherits(child));
}

function delegates(snapshot: Snapshot, {gateway}: Attachment): boolean {
	const className = gateway !== 'missing' && 'className' in gateway ? gateway.className : '';
	const controller = snapshot.get('GatewayClass', '', className)?.controllerName ?? '';
	return recordByGatewayClass(controller)?.gateway?.delegates === true;
}
