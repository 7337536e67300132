import {kubectl} from '../../../../model/safe-text/command.ts';
import type {Listener} from '../../../../model/routes/gateway.ts';
import {findCondition, type Condition} from '../../../../model/meta.ts';
import {refOf, refText, type ObjectRef} from '../../../../model/ref.ts';
import type {Snapshot} from '../../../../model/snapshot.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../../finding.ts';
import {namesOf} from '../../../words.ts';
import type {Attachment} from '../../../../rules/gateway-api/listeners/attachment.ts';
import {
	listenersIn,
	plainName,
	type ListenerSetKind,
} from '../../../../rules/gateway-api/listeners/listener-sets.ts';
import {conditionText} from '../../../controller/gateway/gateway-findings.ts';
import type {ParentStatus} from '../../../../rules/gateway-api/parent-status.ts';
import {gatewayRouteFindings} from '../catalogue.ts';
import {unreadyListener} from './unready-listener.ts';

/** Why a route is not served on a Gateway: KNET421, 423 or 424. Undefined: it is attached, or that is not known. */
export function refusalFinding(
	snapshot: Snapshot,
	attachment: Attachment,
	{status, servesUnsupported}: {readonly status: ParentStatus; readonly servesUnsupported: boolean},
): Finding | undefined {
	switch (attachment.refusal) {
		case 'NoMatchingParent':
			return noSuchListener(snapshot, attachment);
		case 'NotAllowedByListeners':
			return forbidden(snapshot, attachment);
		case 'NoMatchingListenerHostname':
			return noCommonHost(attachment);
		case undefined:
			return isRefused(status) && !isServedUnsupported(status, servesUnsupported)
				? notAccepted(attachment, status.accepted)
				: undefined;
	}
}

function isRefused(status: ParentStatus): status is ParentStatus & {readonly accepted: Condition} {
	return status.age === 'fresh' && status.accepted?.status === 'False';
}

/** The controller does not accept a value of the route, and serves the route without it. */
export function isServedUnsupported(status: ParentStatus, servesUnsupported: boolean): boolean {
	return servesUnsupported && isRefused(status) && status.accepted.reason === 'UnsupportedValue';
}

function notAccepted(attachment: Attachment, accepted: Condition): Finding {
	const unready = unreadyListener(attachment);
	return finding(gatewayRouteFindings.routeNotAccepted, {
		message: `${parentOf(attachment)} does not accept ${routeOf(attachment)}: ${conditionText(accepted)}`,
		evidence: [conditionField(attachment, accepted), ...(unready ? [unready.field] : [])],
		remedy: unready
			? `Mend listener ${unready.name} first: ${conditionText(unready.condition)}`
			: 'Change the route or the Gateway as the reason says.',
		command: describeRoute(attachment),
	});
}

function noSuchListener(snapshot: Snapshot, attachment: Attachment): Finding {
	if (attachment.parent.kind !== 'Gateway' && !hasListeners(attachment)) {
		return setNotAdmitted(snapshot, attachment);
	}

	const {parentRef, gateway} = attachment;
	const has =
		typeof gateway === 'object' && 'listeners' in gateway
			? namesOf(
					listenersIn(gateway, attachment.parent).map(
						(listener) => `${plainName(listener)} (${listener.port})`,
					),
				)
			: 'none';
	const wanted = [
		...(parentRef.sectionName === undefined ? [] : [`sectionName ${parentRef.sectionName}`]),
		...(parentRef.port === undefined ? [] : [`port ${parentRef.port}`]),
	].join(' and ');
	return finding(gatewayRouteFindings.routeNotAccepted, {
		message: `${routeOf(attachment)} asks ${parentOf(attachment)} for a listener with ${wanted || 'any name'}; its listeners are ${has}.`,
		evidence: [objectField(routeRef(attachment), 'spec.parentRefs[]', wanted || parentRef.name)],
		remedy: 'Let sectionName and port of the parentRef name a listener that exists, or leave them out.',
		command: describeRoute(attachment),
	});
}

function hasListeners({gateway, parent}: Attachment): boolean {
	return typeof gateway === 'object' && 'listeners' in gateway && listenersIn(gateway, parent).length > 0;
}

/** No listener of the ListenerSet is one of the Gateway. */
function setNotAdmitted(snapshot: Snapshot, attachment: Attachment): Finding {
	const {gateway, gatewayName, parent} = attachment;
	const set = snapshot.get(parent.kind as ListenerSetKind, parent.namespace ?? '', parent.name);
	const accepted = set && findCondition(set.conditions, 'Accepted');
	const of = gatewayName ? `${gatewayName.namespace}/${gatewayName.name}` : '';
	return finding(gatewayRouteFindings.routeNotAccepted, {
		message:
			gateway === 'missing'
				? `${routeOf(attachment)} names ${parentOf(attachment)}, ${of ? `whose Gateway ${of} does not exist` : 'which does not exist'}.`
				: `Gateway ${of} does not take the listeners of ${parentOf(attachment)}, which ${routeOf(attachment)} names${accepted?.status === 'False' ? `: ${conditionText(accepted)}` : '.'}`,
		evidence: [objectField(routeRef(attachment), 'spec.parentRefs[].name', parent.name)],
		remedy:
			gateway === 'missing'
				? 'Name a ListenerSet that exists, or create it.'
				: 'Admit its namespace in spec.allowedListeners of the Gateway, and look at the conditions of the set.',
		command: getParent(attachment),
	});
}

function forbidden(snapshot: Snapshot, attachment: Attachment): Finding {
	const all = refusedListeners(attachment);
	const byNamespace = all.filter(({why}) => why === 'namespace');
	const byKind = byNamespace.length === 0;
	const ofKind = all.filter(({why}) => why === 'kind');
	const ofHost = ofKind.filter(({fitsHost}) => fitsHost);
	const refused = byKind ? (ofHost.length > 0 ? ofHost : ofKind) : byNamespace;
	const names = namesOf(refused.map(({listener}) => plainName(listener)));
	const {route} = attachment;
	return finding(gatewayRouteFindings.listenerForbidsRoute, {
		message: byKind
			? `Listener ${names} of ${parentOf(attachment)} takes no ${route.routeKind}.`
			: `Listener ${names} of ${parentOf(attachment)} takes no routes from namespace ${route.namespace}: ${refused.map(({listener}) => allowedText(listener))[0]}.`,
		evidence: [
			...refused.map(({listener}) => ({
				object: refText(attachment.parent),
				...(byKind ? kindsField(listener) : namespacesField(listener)),
			})),
			...labelsOf(snapshot, attachment),
		],
		remedy: byKind
			? 'Add the kind to allowedRoutes.kinds of the listener, or use a listener of another protocol.'
			: allowing(
					refused.map(({listener}) => listener),
					route.namespace,
				),
		command: getParent(attachment),
	});
}

function labelsOf(snapshot: Snapshot, {route}: Attachment): readonly EvidenceField[] {
	const labels = snapshot.get('Namespace', '', route.namespace)?.labels;
	return labels
		? [
				objectField(
					{kind: 'Namespace', name: route.namespace},
					'metadata.labels',
					Object.entries(labels)
						.map(([key, value]) => `${key}=${value}`)
						.join(','),
				),
			]
		: [];
}

function noCommonHost(attachment: Attachment): Finding {
	const {route} = attachment;
	const listeners = refusedListeners(attachment).filter(({why}) => why === 'hostname');
	const offered = namesOf([...new Set(listeners.map(({listener}) => listener.hostname))]);
	return finding(gatewayRouteFindings.hostnamesDoNotIntersect, {
		message: `The hostnames of ${routeOf(attachment)} (${namesOf(route.hostnames)}) do not fit those of ${parentOf(attachment)} (${offered}).`,
		evidence: [
			objectField(routeRef(attachment), 'spec.hostnames', route.hostnames.join(',')),
			...listeners.map(({listener}) =>
				objectField(attachment.parent, `spec.listeners[${plainName(listener)}].hostname`, listener.hostname),
			),
		],
		remedy: `Change the hostnames of the route, or add a listener for ${route.hostnames[0] ?? 'the host'}.`,
		command: getParent(attachment),
	});
}

function refusedListeners({answers}: Attachment) {
	return answers.flatMap((answer) => (answer.state === 'refused' ? [answer] : []));
}

/** A label helps only where a listener selects by labels. */
function allowing(listeners: readonly Listener[], namespace: string): string {
	const selects = listeners.some(({allowedRoutes}) => allowedRoutes.from === 'Selector');
	return `Allow namespace ${namespace} in allowedRoutes.namespaces of the listener, ${selects ? 'or give it the labels that are selected' : 'or attach the route to another Gateway'}.`;
}

function allowedText({allowedRoutes}: Listener): string {
	const {from, selector} = allowedRoutes;
	if (from !== 'Selector') {
		return `it allows ${from === 'Same' ? 'only its own namespace' : 'no namespace'}`;
	}

	const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
	const expressions = (selector?.matchExpressions ?? []).map(({key, operator, values}) =>
		`${key} ${operator} ${values.join(',')}`.trimEnd(),
	);
	return `it allows namespaces with ${[...labels, ...expressions].join(', ') || 'a selector it does not give'}`;
}

function kindsField(listener: Listener): Pick<EvidenceField, 'path' | 'value'> {
	const {allowedRoutes, protocol} = listener;
	const {kinds} = allowedRoutes;
	const name = plainName(listener);
	return kinds.length > 0
		? {
				path: `spec.listeners[${name}].allowedRoutes.kinds[].kind`,
				value: kinds.map(({kind}) => kind).join(','),
			}
		: {path: `spec.listeners[${name}].protocol`, value: protocol};
}

function namespacesField(listener: Listener): Pick<EvidenceField, 'path' | 'value'> {
	const path = `spec.listeners[${plainName(listener)}].allowedRoutes.namespaces`;
	const {from} = listener.allowedRoutes;
	return from === 'Selector'
		? {path: `${path}.selector`, value: allowedText(listener)}
		: {path: `${path}.from`, value: from};
}

export function routeOf({route}: Pick<Attachment, 'route'>): string {
	return `${route.routeKind} ${route.namespace}/${route.name}`;
}

/** `Gateway shop/gw`, `ListenerSet shop/tls`. */
function parentOf({parent}: Attachment): string {
	return `${parent.kind} ${parent.namespace}/${parent.name}`;
}

function getParent({parent}: Attachment): string {
	return kubectl(parent, 'get', parent.kind.toLowerCase(), parent.name, '-o', 'yaml');
}

/** A condition that a controller wrote about a route. */
export function conditionField(
	attachment: Pick<Attachment, 'route'>,
	{type, status, reason}: Condition,
): EvidenceField {
	return objectField(routeRef(attachment), `status.parents[].conditions[${type}]`, `${status} (${reason})`);
}

export function routeRef({route}: Pick<Attachment, 'route'>): ObjectRef {
	return refOf(route.routeKind, route);
}

export function describeRoute({route}: Pick<Attachment, 'route'>): string {
	return kubectl(route, 'describe', route.routeKind.toLowerCase(), route.name);
}
