import type {V1Endpoint, V1EndpointSlice, V1ForZone} from '@kubernetes/client-node';
import type {Endpoint, EndpointSlice} from '../../model/services/endpoint-slice.ts';
import {projectMeta} from '../meta.ts';
import {toProtocol} from './service.ts';
import {
	is,
	list,
	oneOf,
	optionalNumber,
	optionalText,
	record,
	records,
	text,
	texts,
	time,
	type Claimed,
	type WireOf,
} from '../wire.ts';

export function projectEndpointSlice(wire: WireOf<V1EndpointSlice>): EndpointSlice {
	const meta = projectMeta(wire);
	return {
		...meta,
		addressType: oneOf(wire['addressType'], ['IPv4', 'IPv6', 'FQDN'], 'IPv4'),
		service: meta.labels['kubernetes.io/service-name'] ?? '',
		managedBy: meta.labels['endpointslice.kubernetes.io/managed-by'] ?? '',
		triggeredAt: time(meta.annotations['endpoints.kubernetes.io/last-change-trigger-time']),
		ports: records(wire['ports']).map((port) => ({
			name: text(port['name']),
			protocol: toProtocol(port['protocol']),
			port: optionalNumber(port['port']),
			appProtocol: optionalText(port['appProtocol']),
		})),
		endpoints: list(wire['endpoints']).map(projectEndpoint),
	};
}

function projectEndpoint(value: Claimed<V1Endpoint>): Endpoint {
	const endpoint = record(value);
	const conditions = record(endpoint['conditions']);
	const target = record(endpoint['targetRef']);
	const hints = record(endpoint['hints']);
	return {
		addresses: texts(endpoint['addresses']),
		// Absent means true for ready and serving, false for terminating (discovery/v1 EndpointConditions, kube-proxy too).
		ready: !is(conditions['ready'], false),
		readyUnsaid: typeof (conditions['ready'] as unknown) === 'boolean' ? undefined : true,
		serving: !is(conditions['serving'], false),
		terminating: is(conditions['terminating'], true),
		hostname: optionalText(endpoint['hostname']) || undefined,
		nodeName: optionalText(endpoint['nodeName']) || undefined,
		zone: optionalText(endpoint['zone']) || undefined,
		pod: is(target['kind'], 'Pod')
			? {namespace: text(target['namespace']), name: text(target['name']), uid: text(target['uid'])}
			: undefined,
		forZones: projectHints(hints['forZones']),
		forNodes: projectHints(hints['forNodes']),
	};
}

function projectHints(value: Claimed<readonly V1ForZone[]>): readonly string[] | undefined {
	const names = list(value).map((item) =>
		typeof item === 'string' ? text(item) : text(record(item)['name']),
	);
	return names.length === 0 ? undefined : names;
}
