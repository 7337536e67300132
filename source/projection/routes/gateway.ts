import type {
	AllowedNamespaces,
	BackendTlsPolicy,
	Gateway,
	GatewayClass,
	Listener,
	ListenerSet,
	ParentRef,
	ReferenceGrant,
} from '../../model/routes/gateway.ts';
import {projectAttachedPolicy} from '../policies/attached-policy.ts';
import {projectOptionalSelector} from '../label-selector.ts';
import {projectConditions, projectMeta} from '../meta.ts';
import {
	list,
	number,
	oneOf,
	optionalNumber,
	optionalRecord,
	optionalText,
	record,
	records,
	text,
	type Wire,
} from '../wire.ts';

const gatewayGroup = 'gateway.networking.k8s.io';

export function projectGatewayClass(wire: Wire): GatewayClass {
	return {
		...projectMeta(wire),
		controllerName: text(record(wire['spec'])['controllerName']),
		conditions: projectConditions(record(wire['status'])['conditions']),
	};
}

export function projectGateway(wire: Wire): Gateway {
	const spec = record(wire['spec']);
	const status = record(wire['status']);
	const allowed = optionalRecord(spec['allowedListeners']);
	return {
		...projectMeta(wire),
		className: text(spec['gatewayClassName']),
		listeners: records(spec['listeners']).map(projectListener),
		allowedListeners: allowed && projectNamespaces(record(allowed['namespaces']), 'None'),
		addresses: list(status['addresses']).map((item) => ({
			type: optionalText(record(item)['type']) ?? 'IPAddress',
			value: text(record(item)['value']),
		})),
		conditions: projectConditions(status['conditions']),
		listenerStatus: projectListenerStatus(status),
	};
}

export function projectListenerSet(wire: Wire): ListenerSet {
	const spec = record(wire['spec']);
	const status = record(wire['status']);
	return {
		...projectMeta(wire),
		parentRef: projectParentRef(spec['parentRef']),
		listeners: records(spec['listeners']).map(projectListener),
		conditions: projectConditions(status['conditions']),
		listenerStatus: projectListenerStatus(status),
	};
}

function projectListenerStatus(status: Wire): Gateway['listenerStatus'] {
	return records(status['listeners']).map((listener) => ({
		name: text(listener['name']),
		attachedRoutes: number(listener['attachedRoutes']),
		supportedKinds: list(listener['supportedKinds']).map(projectGroupKind),
		conditions: projectConditions(listener['conditions']),
	}));
}

function projectNamespaces(namespaces: Wire, from: AllowedNamespaces['from']): AllowedNamespaces {
	return {
		from: oneOf(namespaces['from'], ['Same', 'All', 'Selector', 'None'], from),
		selector: projectOptionalSelector(namespaces['selector']),
	};
}

export function projectParentRef(value: unknown): ParentRef {
	const ref = record(value);
	return {
		group: optionalText(ref['group']) ?? gatewayGroup,
		kind: optionalText(ref['kind']) ?? 'Gateway',
		namespace: optionalText(ref['namespace']),
		name: text(ref['name']),
		sectionName: optionalText(ref['sectionName']),
		port: optionalNumber(ref['port']),
	};
}

function projectGroupKind(value: unknown): {group: string; kind: string} {
	const kind = record(value);
	return {group: optionalText(kind['group']) ?? gatewayGroup, kind: text(kind['kind'])};
}

function projectListener(listener: Wire): Listener {
	const allowed = record(listener['allowedRoutes']);
	return {
		name: text(listener['name']),
		hostname: text(listener['hostname']),
		port: number(listener['port']),
		protocol: text(listener['protocol']),
		tls: projectTls(optionalRecord(listener['tls'])),
		allowedRoutes: {
			...projectNamespaces(record(allowed['namespaces']), 'Same'),
			kinds: list(allowed['kinds']).map(projectGroupKind),
		},
	};
}

function projectTls(tls: Wire | undefined): Listener['tls'] {
	return (
		tls && {
			mode: oneOf(tls['mode'], ['Terminate', 'Passthrough'], 'Terminate'),
			certificateRefs: records(tls['certificateRefs']).map((ref) => ({
				group: text(ref['group']),
				kind: optionalText(ref['kind']) ?? 'Secret',
				namespace: optionalText(ref['namespace']),
				name: text(ref['name']),
			})),
		}
	);
}

export function projectReferenceGrant(wire: Wire): ReferenceGrant {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		from: records(spec['from']).map((from) => {
			return {group: text(from['group']), kind: text(from['kind']), namespace: text(from['namespace'])};
		}),
		to: records(spec['to']).map((to) => {
			return {group: text(to['group']), kind: text(to['kind']), name: optionalText(to['name'])};
		}),
	};
}

export function projectBackendTlsPolicy(wire: Wire): BackendTlsPolicy {
	const spec = record(wire['spec']);
	const policy = projectAttachedPolicy({...wire, kind: 'BackendTLSPolicy'});
	return {
		...policy,
		name: policy.ownName,
		hostname: text(record(spec['validation'] ?? spec['tls'])['hostname']),
	};
}
