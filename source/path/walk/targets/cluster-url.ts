import type {Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {dnsConfigOf} from '../../../rules/cluster-dns/corefile/dns-config-of.ts';
import {fqdn, isWithin} from '../../../rules/cluster-dns/name.ts';
import {parseName} from '../../../rules/cluster-dns/parse-name.ts';
import {clusterNameOutside} from '../../dns/cluster-dns/cluster-name-outside.ts';
import {dnsEvaluator} from '../../dns/evaluate.ts';
import {isLoopbackName} from '../../dns/names/loopback-name.ts';
import {lookUpName} from '../../dns/names/name-lookup.ts';
import {commonHopKinds, type HopKind} from '../../hop-kind.ts';
import {hostOutsideRegistry} from '../../mesh/outside-registry.ts';
import type {HopEvaluation} from '../../hop-evaluator.ts';
import type {Path} from '../../report.ts';
import {hopContextOf, type WalkContext} from '../context.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import {judge} from '../path-verdict.ts';
import {notReached} from '../skipped.ts';
import {walkAddress} from './walk-address.ts';
import {podHops} from './walk-pod.ts';
import {walkService} from './walk-service.ts';
import type {Asked} from './address-url.ts';

/**
A URL whose host is a name of the cluster, as clients inside use it: DNS as the client asks it, then the Service or the pod behind.
Undefined: an Ingress, a route or another network's DNS decides.
*/
export function clusterName(context: WalkContext, asked: Asked): readonly Path[] | undefined {
	return context.from.kind === 'pod' ? fromPod(context, asked) : fromOutside(context, asked);
}

/** The name as this pod's resolver looks it up. */
function fromPod(
	context: WalkContext,
	{title, target: {request}, host, served}: Asked,
): readonly Path[] | undefined {
	const {snapshot, from, detail} = context;
	const namespace = from.kind === 'pod' ? from.namespace : 'default';
	const found = lookUpName({snapshot, name: host, source: from, namespace, detail, intent: 'name'});
	const dns = evaluateHop(dnsEvaluator, hopContextOf(context), {type: 'name', name: host});
	// The hosts file of the pod has names that no DNS has.
	const resolved = (found.inHostsFile ? undefined : found.resolution.resolved) ?? found.final?.name;
	if (resolved === undefined) {
		const isOurs =
			found.stop !== undefined || isLoopbackName(host) || isClusterName(snapshot, host, namespace);
		return served === 'never' || (served === 'as-any' && isOurs)
			? [judge({title, hops: outsideHops(context, {dns, host, port: request.port, isOurs})})]
			: undefined;
	}

	const service = found.inHostsFile ? undefined : serviceNamed(snapshot, resolved);
	const [address = ''] = found.final?.data ?? [];
	const [pod] = service?.isWhole === false || !service ? snapshot.podsWithIp(address) : [];
	if (pod) {
		return [judge({title, hops: podHops(context, pod, request.port, {dns})})];
	}

	if (!service) {
		return behindAddress(context, {title, dns}, {host, address, port: request.port, served});
	}

	const {namespace: place, name} = service.service;
	const port = tcpPort(service.service, request.port);
	const text = `svc/${place}/${name}:${port}`;
	return walkService(
		context,
		{kind: 'service', text, namespace: place, name, port},
		{title, dns, scheme: request.scheme},
	);
}

/** A URL is asked by TCP: a port of that number for UDP or SCTP is another. */
function tcpPort({ports}: Service, number: number): number | string {
	const same = ports.filter(({port}) => port === number);
	return same.length === 0 || same.some(({protocol}) => protocol === 'TCP') ? number : `${number}/TCP`;
}

type Leads = {
	readonly host: string;
	/** '' where the name has none. */
	readonly address: string;
	readonly port: number;
	readonly served: Asked['served'];
};

/** A name by the plugins `rewrite` and `hosts`, or by the hosts file of the pod: of what is in the cluster, or outside. */
function behindAddress(
	context: WalkContext,
	approach: {readonly title: string; readonly dns: HopEvaluation<'dns'>},
	{host, address, port, served}: Leads,
): readonly Path[] | undefined {
	if (served === 'by-name' || address === '') {
		return undefined;
	}

	const {title, dns} = approach;
	const found = walkAddress(context, {kind: 'address', text: title, ip: address, port}, approach);
	if (found.length > 0) {
		return found;
	}

	return served === 'never'
		? [judge({title, hops: outsideHops(context, {dns, host, port, address})})]
		: undefined;
}

/** `isWhole`: the name is the Service's own, not that of one endpoint. */
function serviceNamed(
	snapshot: Snapshot,
	name: string,
): {readonly service: Service; readonly isWhole: boolean} | undefined {
	const zone = fqdn(dnsConfigOf(snapshot).domain);
	const parsed = isWithin(zone, name) ? parseName(name.toLowerCase(), zone) : undefined;
	const service =
		parsed?.type === 'svc' ? snapshot.get('Service', parsed.namespace, parsed.service) : undefined;
	return service && parsed && {service, isWhole: parsed.endpoint === ''};
}

/** Names of the cluster resolve in its pods; outside nobody is known to answer them. */
function fromOutside(
	context: WalkContext,
	{title, target, host, served}: Asked,
): readonly Path[] | undefined {
	const namespace = context.namespace ?? 'default';
	if (served === 'by-name' || !isClusterName(context.snapshot, host, namespace)) {
		return undefined;
	}

	// A bare word may be anything: it is no target.
	if (!target.schemeGiven && !host.includes('.')) {
		return [];
	}

	const service = namedInside(context.snapshot, host, namespace);
	return [judge({title, hops: endingAt(clusterNameOutside(context.snapshot, {host, title, service}))})];
}

function endingAt(dns: HopEvaluation<'dns'>) {
	return commonHopKinds.map((kind) => (kind === 'dns' ? dns : notReached(kind)));
}

type Outside = {
	readonly dns: HopEvaluation<'dns'>;
	readonly host: string;
	readonly port: number;
	/** The name is one of the cluster, whoever answers it. */
	readonly isOurs?: boolean;
	/** What the name leads to, where that is known. */
	readonly address?: string;
};

/** A host outside: the sidecar of the client may let nothing out to it, and what is behind an address is not known. */
function outsideHops(context: WalkContext, outside: Outside): readonly HopEvaluation<HopKind>[] {
	const {dns, host, port, isOurs = false, address} = outside;
	const closed = isOurs ? undefined : hostOutsideRegistry(hopContextOf(context), host, port);
	const summary = closed
		? `${host}: not in the registry of the mesh`
		: `no Service and no pod has the address ${address}: what is behind it is not known`;
	const hop = {kind: 'service', basis: 'objects', summary} as const;
	return endingAt(dns).map((each): HopEvaluation<HopKind> => {
		if (each.hop.kind !== 'service' || (!closed && address === undefined)) {
			return each;
		}

		return closed
			? {hop: {...hop, status: 'broken', findings: [closed.finding]}, stop: closed.stop}
			: {hop: {...hop, status: 'unknown', findings: []}};
	});
}

/** A single label, a name below `svc` or the cluster's domain, or NAME.NAMESPACE of a Service. */
function isClusterName(snapshot: Snapshot, host: string, namespace: string): boolean {
	const {domain} = dnsConfigOf(snapshot);
	return (
		(!host.includes('.') && !isLoopbackName(host)) ||
		host.endsWith('.svc') ||
		isWithin(domain, host) ||
		namedInside(snapshot, host, namespace) !== undefined
	);
}

function namedInside(snapshot: Snapshot, host: string, fallback: string): Service | undefined {
	const {domain} = dnsConfigOf(snapshot);
	const plain = host.endsWith(`.${domain}`) ? host.slice(0, -domain.length - 1) : host;
	const labels = plain.replace(/\.svc$/u, '').split('.');
	const [name = '', namespace = fallback] = labels.slice(-2);
	return labels.length <= 3 ? snapshot.get('Service', namespace, name) : undefined;
}
