import {parseIp} from '../../model/matching/ip.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {dnsFromMachine} from '../gather/dns-from-machine.ts';
import {dnsOverUdp, dnsThroughPortForward, type InsideQuery, type NameTry} from '../gather/dns-inside.ts';
import {versionsOf} from '../of.ts';
import type {Check} from '../probe.ts';
import {clusterDns, dnsPort, isOutside, requestedNames} from './dns-pods.ts';
import {sample} from './sample.ts';
import {detailsOf, type ProbeContext} from './probe-context.ts';

/** DNS pods are few, and each may be the one that is wrong. */
const mostPods = 10;

/** The host as this machine resolves it, or the names of the cluster as each DNS pod answers them. */
export function planDns(probeContext: ProbeContext): readonly Check[] {
	return [...(isOutside(probeContext) ? fromMachine(probeContext) : []), ...inside(probeContext)];
}

/** The host, and at the same moment the hostnames of the load balancer. */
function fromMachine(probeContext: ProbeContext): readonly Check[] {
	const {path, request, machine} = probeContext;
	const entry = detailsOf(path, 'dns')?.queries.flatMap(({expected}) => expected?.answers ?? []) ?? [];
	const addresses = detailsOf(path, 'load-balancer')?.addresses ?? [];
	const names = [
		...(request ? [request.serverName] : []),
		...entry.flatMap(({type, data}) => (type === 'CNAME' ? [data] : [])),
		...addresses,
	].filter((name) => name !== '' && !parseIp(name));
	const servers = machine.resolvers.join(', ') || 'its resolver';
	return [...new Set(names)].map((name) => ({
		sentence: `DNS queries A and AAAA for ${name}, from this machine to ${servers}`,
		of: {},
		run: (tools) => dnsFromMachine({name, of: {}}, tools),
	}));
}

function inside(probeContext: ProbeContext): readonly Check[] {
	const tries = requestedNames(probeContext);
	const {pods, service} = clusterDns(probeContext);
	if (tries.length === 0) {
		return [];
	}

	const target = probeContext.service;
	const slices = target ? probeContext.snapshot.slicesOf(target.namespace, target.name) : [];
	const base = [
		['Service', target] as const,
		...slices.map((slice) => ['EndpointSlice', slice] as const),
	] as const;
	const address = service?.clusterIPs.find((ip) => parseIp(ip));
	return [
		...sample(pods, mostPods).flatMap((pod) => ofPod(pod, tries, versionsOf([...base, ['Pod', pod]]))),
		...(service && address
			? [
					overUdp(tries, {
						address,
						resolver: `${service.namespace}/${service.name}`,
						of: versionsOf([...base, ['Service', service]]),
					}),
				]
			: []),
	];
}

function ofPod(pod: Pod, tries: readonly NameTry[], of: Readonly<Record<string, string>>): readonly Check[] {
	const {namespace, name} = pod;
	const port = dnsPort(pod);
	const permission = `create pods/portforward in namespace ${namespace}`;
	const question: InsideQuery = {tries, resolver: `${namespace}/${name}`, permission, of};
	const address = pod.podIPs[0];
	return [
		{
			sentence: `DNS queries ${textOf(tries)}, through a port-forward to pod ${namespace}/${name}, port ${port}`,
			permission,
			of,
			run: (tools) => dnsThroughPortForward({namespace, name, port}, question, tools),
		},
		...(address ? [overUdp(tries, {address, port, resolver: question.resolver, of})] : []),
	];
}

type UdpServer = {
	readonly address: string;
	readonly port?: number;
	readonly resolver: string;
	readonly of: Readonly<Record<string, string>>;
};

function overUdp(tries: readonly NameTry[], {address, port = 53, resolver, of}: UdpServer): Check {
	return {
		sentence: `DNS queries ${textOf(tries)} over UDP, from this machine to ${address}`,
		needsPodNetwork: true,
		of,
		run: (tools) => dnsOverUdp({address, port}, {tries, resolver, of}, tools),
	};
}

function textOf(tries: readonly NameTry[]): string {
	const types = [...new Set(tries.flatMap((item) => item.types))].join(' and ');
	return `${types} for ${tries.map(({name}) => name).join(', ')}`;
}
