import type {V1Pod, V1PodDNSConfig, V1PodStatus} from '@kubernetes/client-node';
import type {Pod} from '../../model/workloads/pod.ts';
import {projectContainers, projectInitContainers} from './container.ts';
import {isTrue, projectConditions, projectMeta} from '../meta.ts';
import {
	is,
	kept,
	list,
	oneOf,
	optionalRecord,
	optionalText,
	record,
	records,
	text,
	texts,
	type WireOf,
} from '../wire.ts';

export function projectPod(wire: WireOf<V1Pod>): Pod {
	const spec = record(wire['spec']);
	const status = record(wire['status']);
	const conditions = projectConditions(status['conditions']);
	const containers = projectContainers(spec['containers'], status['containerStatuses']);
	const initContainers = projectInitContainers(spec['initContainers'], status['initContainerStatuses']);
	return {
		...projectMeta(wire),
		nodeName: optionalText(spec['nodeName']) || undefined,
		phase: oneOf(status['phase'], ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'], 'Pending'),
		podIPs: projectPodIps(status),
		hostIP: optionalText(status['hostIP']) || undefined,
		hostNetwork: is(spec['hostNetwork'], true),
		hostAliases: projectHostAliases(spec['hostAliases']),
		hostname: optionalText(spec['hostname']) || undefined,
		subdomain: optionalText(spec['subdomain']) || undefined,
		serviceAccount: optionalText(spec['serviceAccountName']),
		dnsPolicy: oneOf(
			spec['dnsPolicy'],
			['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
			'ClusterFirst',
		),
		dnsConfig: projectDnsConfig(optionalRecord(spec['dnsConfig'])),
		containers,
		initContainers,
		readinessGates: kept(list(spec['readinessGates']).map((gate) => text(record(gate)['conditionType']))),
		conditions,
		reason: optionalText(status['reason']) || undefined,
		message: optionalText(status['message']) || undefined,
		ready: isTrue(conditions, 'Ready'),
		restarts: [...containers, ...initContainers.filter(({sidecar}) => sidecar)].reduce(
			(sum, {restarts}) => sum + restarts,
			0,
		),
	};
}

function projectHostAliases(value: unknown): Pod['hostAliases'] {
	const aliases = list(value).map((item) => ({
		ip: text(record(item)['ip']),
		hostnames: texts(record(item)['hostnames']),
	}));
	return aliases.length > 0 ? aliases : undefined;
}

function projectPodIps(status: WireOf<V1PodStatus>): readonly string[] {
	const several = list(status['podIPs'])
		.map((item) => (typeof item === 'string' ? text(item) : text(record(item)['ip'])))
		.filter(Boolean);
	const one = text(status['podIP']);
	// Copied: what filter makes has room for 17.
	return several.length > 0 ? [...several] : one ? [one] : [];
}

function projectDnsConfig(config: WireOf<V1PodDNSConfig> | undefined): Pod['dnsConfig'] {
	return (
		config && {
			nameservers: texts(config['nameservers']),
			searches: texts(config['searches']),
			options: records(config['options']).map((option) => {
				return {name: text(option['name']), value: optionalText(option['value'])};
			}),
		}
	);
}
