import {kubectl} from '../../../model/command.ts';
import type {Listener} from '../../../model/gateway.ts';
import type {Condition} from '../../../model/meta.ts';
import {refText} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {type EvidenceField, type Finding, finding} from '../../finding.ts';
import {namesOf} from '../../words.ts';
import type {Attachment} from '../../../rules/gateway-api/attachment.ts';
import {told} from '../../controller/gateway/gateway-findings.ts';
import type {ParentStatus} from '../../../rules/gateway-api/parent-status.ts';
import {gatewayRouteFindings} from './catalogue.ts';

/** Why a route is not served on a Gateway: KNET421, 423 or 424. Undefined: it is attached, or that is not known. */
export function refusalFinding(
	snapshot: Snapshot,
	attachment: Attachment,
	status: ParentStatus,
): Finding | undefined {
	switch (attachment.refusal) {
		case 'NoMatchingParent':
			return noSuchListener(attachment);
		case 'NotAllowedByListeners':
			return forbidden(snapshot, attachment);
		case 'NoMatchingListenerHostname':
			return noCommonHost(attachment);
		case undefined:
			return status.age === 'fresh' && status.accepted?.status === 'False'
				? notAccepted(attachment, status.accepted)
				: undefined;
	}
}

function notAccepted(attachment: Attachment, accepted: NonNullable<ParentStatus['accepted']>): Finding {
	return finding(gatewayRouteFindings.routeNotAccepted, {
		message: `Gateway ${gatewayOf(attachment)} does not accept ${routeOf(attachment)}: ${told(accepted)}`,
		evidence: [conditionField(attachment, accepted)],
		remedy: 'Change the route or the Gateway as the reason says.',
		command: describeRoute(attachment),
	});
}

function noSuchListener(attachment: Attachment): Finding {
	const {parentRef, gateway} = attachment;
	const has =
		typeof gateway === 'object' && 'listeners' in gateway
			? namesOf(gateway.listeners.map(({name, port}) => `${name} (${port})`))
			: 'none';
	const wanted = [
		...(parentRef.sectionName === undefined ? [] : [`sectionName ${parentRef.sectionName}`]),
		...(parentRef.port === undefined ? [] : [`port ${parentRef.port}`]),
	].join(' and ');
	return finding(gatewayRouteFindings.routeNotAccepted, {
		message: `${routeOf(attachment)} asks Gateway ${gatewayOf(attachment)} for a listener with ${wanted || 'any name'}; its listeners are ${has}.`,
		evidence: [{object: objectOf(attachment), path: 'spec.parentRefs[]', value: wanted || parentRef.name}],
		remedy: 'Let sectionName and port of the parentRef name a listener that exists, or leave them out.',
		command: describeRoute(attachment),
	});
}

function forbidden(snapshot: Snapshot, attachment: Attachment): Finding {
	const all = refusedListeners(attachment);
	const byNamespace = all.filter(({why}) => why === 'namespace');
	const byKind = byNamespace.length === 0;
	const ofKind = all.filter(({why}) => why === 'kind');
	const ofHost = ofKind.filter(({fitsHost}) => fitsHost);
	const refused = byKind ? (ofHost.length > 0 ? ofHost : ofKind) : byNamespace;
	const names = namesOf(refused.map(({listener}) => listener.name));
	const {route} = attachment;
	return finding(gatewayRouteFindings.listenerForbidsRoute, {
		message: byKind
			? `Listener ${names} of Gateway ${gatewayOf(attachment)} takes no ${route.routeKind}.`
			: `Listener ${names} of Gateway ${gatewayOf(attachment)} takes no routes from namespace ${route.namespace}: ${refused.map(({listener}) => allowedText(listener))[0]}.`,
		evidence: [
			...refused.map(({listener}) => ({
				object: refText({kind: 'Gateway', namespace: attachment.namespace, name: attachment.parentRef.name}),
				...(byKind ? kindsField(listener) : namespacesField(listener)),
			})),
			...labelsOf(snapshot, attachment),
		],
		remedy: byKind
			? 'Add the kind to allowedRoutes.kinds of the listener, or use a listener of another protocol.'
			: `Allow the namespace in allowedRoutes.namespaces of the listener, or give namespace ${route.namespace} the label it selects by.`,
		command: kubectl(attachment, 'get', 'gateway', attachment.parentRef.name, '-o', 'yaml'),
	});
}

function labelsOf(snapshot: Snapshot, {route}: Attachment): readonly EvidenceField[] {
	const labels = snapshot.get('Namespace', '', route.namespace)?.labels;
	return labels
		? [
				{
					object: refText({kind: 'Namespace', name: route.namespace}),
					path: 'metadata.labels',
					value: Object.entries(labels)
						.map(([key, value]) => `${key}=${value}`)
						.join(','),
				},
			]
		: [];
}

function noCommonHost(attachment: Attachment): Finding {
	const {route} = attachment;
	const listeners = refusedListeners(attachment).filter(({why}) => why === 'hostname');
	const offered = namesOf(listeners.map(({listener}) => listener.hostname));
	return finding(gatewayRouteFindings.hostnamesDoNotIntersect, {
		message: `The hostnames of ${routeOf(attachment)} (${namesOf(route.hostnames)}) do not fit those of Gateway ${gatewayOf(attachment)} (${offered}).`,
		evidence: [
			{object: objectOf(attachment), path: 'spec.hostnames', value: route.hostnames.join(',')},
			...listeners.map(({listener}) => ({
				object: refText({kind: 'Gateway', namespace: attachment.namespace, name: attachment.parentRef.name}),
				path: `spec.listeners[${listener.name}].hostname`,
				value: listener.hostname,
			})),
		],
		remedy: `Change the hostnames of the route, or add a listener for ${route.hostnames[0] ?? 'the host'}.`,
		command: kubectl(attachment, 'get', 'gateway', attachment.parentRef.name, '-o', 'yaml'),
	});
}

function refusedListeners({answers}: Attachment) {
	return answers.flatMap((answer) => (answer.state === 'refused' ? [answer] : []));
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

function kindsField({name, allowedRoutes, protocol}: Listener): Pick<EvidenceField, 'path' | 'value'> {
	const {kinds} = allowedRoutes;
	return kinds.length > 0
		? {
				path: `spec.listeners[${name}].allowedRoutes.kinds[].kind`,
				value: kinds.map(({kind}) => kind).join(','),
			}
		: {path: `spec.listeners[${name}].protocol`, value: protocol};
}

function namespacesField(listener: Listener): Pick<EvidenceField, 'path' | 'value'> {
	const path = `spec.listeners[${listener.name}].allowedRoutes.namespaces`;
	const {from} = listener.allowedRoutes;
	return from === 'Selector'
		? {path: `${path}.selector`, value: allowedText(listener)}
		: {path: `${path}.from`, value: from};
}

export function routeOf({route}: Pick<Attachment, 'route'>): string {
	return `${route.routeKind} ${route.namespace}/${route.name}`;
}

function gatewayOf({namespace, parentRef}: Attachment): string {
	return `${namespace}/${parentRef.name}`;
}

/** A condition that a controller wrote about a route. */
export function conditionField(
	attachment: Pick<Attachment, 'route'>,
	{type, status, reason}: Condition,
): EvidenceField {
	return {
		object: objectOf(attachment),
		path: `status.parents[].conditions[${type}]`,
		value: `${status} (${reason})`,
	};
}

export function objectOf({route}: Pick<Attachment, 'route'>): string {
	return refText({kind: route.routeKind, namespace: route.namespace, name: route.name});
}

export function describeRoute({route}: Pick<Attachment, 'route'>): string {
	return kubectl(route, 'describe', route.routeKind.toLowerCase(), route.name);
}
