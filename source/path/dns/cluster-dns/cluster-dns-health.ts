import {stateOfSlices} from '../../../rules/slices-state.ts';
import {refOf} from '../../../model/ref.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import {computeTypeLabel, type Node} from '../../../model/workloads/node.ts';
import type {Service} from '../../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import {accessFinding} from '../../access.ts';
import {readyFields} from '../../endpoints/slice-fields.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {keepsRestarting} from '../../keeps-restarting.ts';
import {count, namesOf, steadyDuration, labelsText} from '../../words.ts';
import type {NameServer} from '../../../rules/cluster-dns/client/pod-name-servers.ts';
import {kubeletConfigName} from '../../../rules/cluster-dns/client/kubelet-config.ts';
import {forwardingLoop} from './forwarding-loop.ts';
import {nodeWithOwnDns} from '../../../rules/cluster-dns/client/node-dns.ts';
import {cloudDnsAddress} from '../../../rules/cluster-dns/client/cloud-dns.ts';
import {upstreamsOf} from '../../../rules/cluster-dns/node-cache.ts';
import {clusterDnsService} from '../../../rules/cluster-dns/cluster-dns-service.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {dnsPodsOf, objectsOf, unreadyFields, type DnsPod} from './dns-pods.ts';
import {noDnsPods} from './no-dns-pods.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

/** Whether the cluster's DNS can answer at all. */
export type ClusterDnsHealth = {
	readonly service?: Service;
	readonly pods: readonly DnsPod[];
	readonly findings: readonly Finding[];
	readonly stop?: StopReason;
};

const manyRestarts = 3;

type DnsClient = {
	/** `full` reads the DNS pods. */
	readonly detail: 'overview' | 'full';
	readonly domain: string;
	/** Its first nameserver. */
	readonly server?: NameServer;
	/** The node that it runs on. */
	readonly node?: string;
};

/** KNET121 to 124. */
export function clusterDnsHealth(
	snapshot: Snapshot,
	{detail, domain, server, node}: DnsClient,
): ClusterDnsHealth {
	if (server?.type === 'other') {
		return {pods: [], findings: [missingFinding(server.address)]};
	}

	const service = server?.type === 'service' ? server.service : clusterDnsService(snapshot);
	if (server?.type === 'cloud-dns') {
		return {service, pods: [], findings: [cloudDns(service)]};
	}

	// Cloud DNS behind the cache: nothing of it is in the cluster.
	if (server?.type === 'cache' && upstreamsOf(snapshot, server.cache, domain).includes(cloudDnsAddress)) {
		return {service, pods: [], findings: []};
	}

	// Such a node keeps its own beside CoreDNS pods, which are for the other nodes (awsdocs/amazon-eks-user-guide#1149).
	const own = nodeWithOwnDns(snapshot, node);
	if (own && node !== undefined) {
		return {service, pods: [], findings: [onTheNode(own)]};
	}

	if (!service) {
		const state = snapshot.state('Service', 'kube-system');
		const access = isKnown(state) ? undefined : accessFinding('Service', 'kube-system', state);
		return {pods: [], findings: [access ?? (own ? onTheNode(own) : missingFinding())]};
	}

	const state = stateOfSlices(snapshot, service);
	const access = isKnown(state) ? undefined : accessFinding('EndpointSlice', service.namespace, state);
	const ports = portFindings(service);
	if (access) {
		return {service, pods: [], findings: [...ports, access], stop: stopOf(ports)};
	}

	const pods = dnsPodsOf(snapshot, service, detail);
	const findings = [
		...ports,
		...endpointFindings(snapshot, service, {pods, detail}),
		...restartFindings(snapshot, pods),
	];
	return {service, pods, findings, stop: stopOf(findings)};
}

function stopOf(findings: readonly Finding[]): StopReason | undefined {
	return findings.some(({severity}) => severity === 'error') ? 'dns-failure' : undefined;
}

function missingFinding(address?: string): Finding {
	return finding(clusterDnsFindings.clusterDnsMissing, {
		message:
			address === undefined
				? 'No Service of the cluster DNS was found in kube-system: which server the pods ask is not known.'
				: `Pods ask ${address}, which no Service of the cluster DNS has: what answers there is not known.`,
		evidence:
			address === undefined
				? [{object: 'Service/kube-system/*', path: 'metadata.labels[k8s-app]', value: 'none is kube-dns'}]
				: [objectField({kind: 'ConfigMap', ...kubeletConfigName}, 'data.kubelet', address)],
		remedy: 'Install CoreDNS, or check that something answers at the nameserver in the resolv.conf of a pod.',
		command: 'kubectl -n kube-system get services -l k8s-app=kube-dns',
	});
}

/** KNET121: a CoreDNS that no object shows, on the node of the client. */
function onTheNode(node: Node): Finding {
	return finding(clusterDnsFindings.clusterDnsMissing, {
		severity: 'info',
		message: `Pods on node ${node.name} ask the CoreDNS of the node itself, a service of EKS Auto Mode without pods.`,
		evidence: [objectField(refOf('Node', node), `metadata.labels[${computeTypeLabel}]`, 'auto')],
		remedy: 'Look at the nameserver in the resolv.conf of a pod, if names do not resolve.',
		command: 'kubectl exec POD -- cat /etc/resolv.conf',
	});
}

/** KNET121: Cloud DNS answers, or nothing does; no object of the cluster shows which. */
function cloudDns(service: Service | undefined): Finding {
	return finding(clusterDnsFindings.clusterDnsMissing, {
		message: `kube-dns has no replicas: pods ask GKE's Cloud DNS at ${cloudDnsAddress}, or nothing answers them.`,
		evidence: [
			service
				? objectField(refOf('Service', service), 'spec.selector', labelsText(service.selector ?? {}))
				: {object: 'Service/kube-system/kube-dns', path: 'metadata.name', value: 'absent'},
		],
		remedy:
			'Look at the nameserver in the resolv.conf of a pod. If it is Cloud DNS, leave it; otherwise scale kube-dns up.',
		command: 'kubectl exec POD -- cat /etc/resolv.conf',
	});
}

/** Without UDP nothing resolves; TCP is only needed for answers that do not fit a datagram. */
function portFindings(service: Service): readonly Finding[] {
	return (['UDP', 'TCP'] as const)
		.filter((protocol) => !service.ports.some((port) => port.port === 53 && port.protocol === protocol))
		.map((protocol) =>
			finding(clusterDnsFindings.clusterDnsPortMissing, {
				message: `The DNS Service ${service.namespace}/${service.name} has no port 53/${protocol}: ${protocol === 'UDP' ? 'no name resolves' : 'answers too long for a datagram fail'}.`,
				evidence: [
					objectField(
						refOf('Service', service),
						'spec.ports',
						service.ports.map((port) => `${port.port}/${port.protocol}`).join(', ') || 'none',
					),
				],
				remedy: `Add port 53/${protocol} to the Service.`,
				command: kubectl(service, 'edit', 'service', service.name),
				severity: protocol === 'TCP' ? 'warning' : undefined,
			}),
		);
}

function endpointFindings(
	snapshot: Snapshot,
	service: Service,
	{pods, detail}: {readonly pods: readonly DnsPod[]; readonly detail: 'overview' | 'full'},
): readonly Finding[] {
	const unready = pods.filter(({ready}) => !ready);
	if (unready.length === 0 && pods.length > 0) {
		return [];
	}

	const loop = forwardingLoop(snapshot, objectsOf(snapshot, unready));
	const missing = pods.length === 0 && detail === 'full' ? noDnsPods(snapshot, service) : undefined;
	return [
		unready.length === pods.length
			? noneReady(snapshot, service, {pods, why: loop ?? missing})
			: someReady(snapshot, service, {pods, unready, why: loop}),
	];
}

type Why = Pick<Finding, 'remedy' | 'command' | 'evidence'> & {readonly message?: string};

function noneReady(
	snapshot: Snapshot,
	service: Service,
	{pods, why}: {readonly pods: readonly DnsPod[]; readonly why?: Why},
): Finding {
	const name = `${service.namespace}/${service.name}`;
	return finding(clusterDnsFindings.clusterDnsHasNoEndpoints, {
		message: `The cluster DNS ${name} has no ready endpoint${why?.message ? `. ${why.message}` : ': every name look-up of every pod fails.'}`,
		evidence: [
			...(why?.evidence ?? []),
			...(pods.length === 0 ? readyFields(snapshot, service) : unreadyFields(snapshot, service, pods)),
		],
		remedy: why?.remedy ?? 'Look at the DNS pods: scaled to zero, pending, or crashing on a bad Corefile.',
		command: why?.command ?? showDnsPods(service),
	});
}

type Degraded = {readonly pods: readonly DnsPod[]; readonly unready: readonly DnsPod[]; readonly why?: Why};

function someReady(snapshot: Snapshot, service: Service, {pods, unready, why}: Degraded): Finding {
	return finding(clusterDnsFindings.clusterDnsDegraded, {
		message: `${unready.length} of ${count(pods.length, 'DNS pod')} not ready: ${namesOf(unready.map((pod) => pod.name))}.`,
		evidence: [...(why?.evidence ?? []), ...unreadyFields(snapshot, service, unready)],
		remedy: why?.remedy ?? 'Look at the pods that are not ready; the others carry the load meanwhile.',
		command: why?.command ?? showDnsPods(service),
	});
}

function showDnsPods(service: Service): string {
	return kubectl(service, 'get', 'pods', '-l', selectorText(service), '-o', 'wide');
}

function restartFindings(snapshot: Snapshot, pods: readonly DnsPod[]): readonly Finding[] {
	return pods
		.filter(({ready, restarts = 0}) => ready && restarts >= manyRestarts)
		.flatMap((pod) => {
			const containers = snapshot.get('Pod', pod.namespace, pod.name)?.containers ?? [];
			const restless = containers.find(({state}) => keepsRestarting(state, snapshot.now));
			return restless ? [restartFinding(pod, snapshot.now - (restless.state.lastFinishedAt ?? 0))] : [];
		});
}

function restartFinding({namespace, name, restarts}: DnsPod, ago: number): Finding {
	return finding(clusterDnsFindings.clusterDnsDegraded, {
		message: `DNS pod ${name} keeps restarting: ${restarts} times, last ${steadyDuration(ago)} ago.`,
		evidence: [
			objectField(
				{kind: 'Pod', namespace, name},
				'status.containerStatuses[].restartCount',
				String(restarts),
			),
		],
		remedy: 'Look at the log of the container before the restart; memory limits are the usual cause.',
		command: kubectl({namespace}, 'logs', name, '--previous'),
	});
}

function selectorText({selector}: Service): string {
	return labelsText(selector ?? {}) || 'k8s-app=kube-dns';
}
