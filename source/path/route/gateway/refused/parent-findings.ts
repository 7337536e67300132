import type {ParentRef, Route} from '../../../../model/routes/gateway.ts';
import {refOf, type ObjectRef} from '../../../../model/ref.ts';
import type {Snapshot} from '../../../../model/snapshot.ts';
import {otherParents, type Attachment} from '../../../../rules/gateway-api/listeners/attachment.ts';
import {attachments} from '../../../../rules/gateway-api/listeners/delegation.ts';
import {allRoutes, routesFor} from '../../../../rules/gateway-api/routes.ts';
import {accessFinding} from '../../../access.ts';
import {objectField, type Finding, finding} from '../../../finding.ts';
import {gatewayRouteFindings} from '../catalogue.ts';
import {describeRoute, refusalFinding, routeOf} from './refusal-findings.ts';

/** Routes that name a host and lead to no Gateway: why, of each parent. */
export function parentFindings(
	snapshot: Snapshot,
	host: string,
	{namespace, object}: {readonly namespace?: string; readonly object?: ObjectRef},
): readonly Finding[] {
	const routes = object
		? allRoutes(snapshot, namespace).filter((route) => isObject(route, object))
		: routesFor(snapshot, host, namespace).filter(({hostnames}) => hostnames.length > 0);
	return routes
		.flatMap((route) => [
			...attachments(snapshot, route).flatMap((attachment) => ofListenerSet(snapshot, attachment)),
			...otherParents(route).map((parentRef) => notFollowed(route, parentRef)),
		])
		.slice(0, 3);
}

function isObject({routeKind, namespace, name}: Route, object: ObjectRef): boolean {
	return routeKind === object.kind && namespace === object.namespace && name === object.name;
}

function ofListenerSet(snapshot: Snapshot, attachment: Attachment): readonly Finding[] {
	const {gateway, gatewayName, parent} = attachment;
	if (gatewayName) {
		return [];
	}

	const found =
		typeof gateway === 'object' && 'unknown' in gateway
			? accessFinding(parent.kind as 'ListenerSet', parent.namespace, gateway.unknown)
			: refusalFinding(snapshot, attachment, {status: {age: 'absent'}, servesUnsupported: false});
	return found ? [found] : [];
}

/** KNET429. GAMMA (GEP-1324): a route whose parent is a Service is for clients inside a mesh. */
function notFollowed(route: Route, {kind, namespace = route.namespace, name}: ParentRef): Finding {
	const who =
		kind === 'Service'
			? `routes clients inside a mesh that ask for Service ${namespace}/${name}`
			: `has the parent ${kind} ${namespace}/${name}`;
	return finding(gatewayRouteFindings.routeParentNotFollowed, {
		message: `${routeOf({route})} ${who}: knet does not follow such a route.`,
		evidence: [objectField(refOf(route.routeKind, route), 'spec.parentRefs[].kind', kind)],
		remedy:
			kind === 'Service'
				? 'Ask from a pod of the mesh; from outside of it the route has no effect.'
				: `Ask the controller that serves ${kind}: its conditions stand in the status of the route.`,
		command: describeRoute({route}),
	});
}
