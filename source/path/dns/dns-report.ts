import {parseIp} from '../../model/matching/ip.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {DnsQueryDetails} from '../details.ts';
import type {Hop, Verdict} from '../hop.ts';
import {symptomOf} from '../symptom.ts';
import type {DnsPod} from './cluster-dns/dns-pods.ts';
import {lookUpName, type NameLookup} from './names/name-lookup.ts';
import {plainName} from '../../rules/cluster-dns/name.ts';
import type {ResolvConf} from '../../rules/cluster-dns/client/resolv-conf.ts';
import {reverseName} from '../../rules/cluster-dns/reverse-name.ts';
import type {RequestedSource, Source} from '../../model/request.ts';
import {sourcesOf} from '../../rules/requested-sources.ts';
import type {Symptom} from '../../rules/stop.ts';
import {nameHop} from './dns-hop.ts';

/** What the cluster's DNS should answer for a name, and what its pods did answer. Plain data, for `knet dns`. */
export type DnsReport = {
	readonly target: {readonly kind: 'name'; readonly text: string; readonly namespace?: string};
	readonly from: Source;
	readonly verdict: Verdict;
	readonly symptom?: Symptom;
	/** Code of the finding that explains it. */
	readonly rootCause?: string;
	/** How the client looks names up. */
	readonly resolvConf: ResolvConf;
	/** What could not be read and was assumed, in words. */
	readonly assumed: readonly string[];
	/** Every query that the client's resolver makes, in order, up to the one that ends it. */
	readonly tries: readonly DnsQueryDetails[];
	/** The name that has records, and their data; absent where none has. */
	readonly answer?: {readonly name: string; readonly data: readonly string[]; readonly open?: string};
	/** The Service of the cluster's DNS. */
	readonly service?: {
		readonly namespace: string;
		readonly name: string;
		readonly clusterIPs: readonly string[];
		readonly ports: readonly string[];
	};
	readonly pods: readonly DnsPod[];
	readonly hop: Hop<'dns'>;
};

type DnsRequest = {
	/** As the client types it; an address asks for its PTR record. */
	readonly name: string;
	/** Default A and AAAA. */
	readonly types?: readonly string[];
	/** Anything but a pod stands for a plain pod of `namespace`. */
	readonly from?: RequestedSource;
	readonly namespace?: string;
};

/** The evaluation behind `knet dns NAME --from pod/x`. */
export function evaluateDns(snapshot: Snapshot, request: DnsRequest): DnsReport {
	const {name, types, namespace = 'default'} = request;
	const from = sourcesOf(snapshot, request.from ?? {kind: 'node'})[0] ?? {kind: 'node'};
	const ip = parseIp(name);
	const found = lookUpName({
		snapshot,
		name: ip ? reverseName(ip) : name,
		types: ip ? ['PTR'] : types,
		source: from,
		namespace,
		detail: 'full',
		intent: 'name',
	});
	const {hop, stop} = nameHop(found, {name});
	const symptom = stop && symptomOf(stop, 'dns', undefined);
	const rootCause = hop.findings.find(({severity}) => severity === 'error')?.code;
	return {
		target: {kind: 'name', text: name, namespace: request.namespace},
		from,
		verdict: hop.status === 'skipped' ? 'ok' : hop.status,
		symptom,
		rootCause,
		resolvConf: found.client.resolvConf,
		assumed: found.client.assumed,
		tries: found.queries,
		answer: answerOf(found),
		service: serviceOf(found),
		pods: found.health.pods,
		hop,
	};
}

function answerOf({final}: NameLookup): DnsReport['answer'] {
	const open = final?.outcome?.open;
	return final && {name: final.name, data: final.data, open: open && plainName(open)};
}

function serviceOf({health: {service}}: NameLookup): DnsReport['service'] {
	return (
		service && {
			namespace: service.namespace,
			name: service.name,
			clusterIPs: service.clusterIPs,
			ports: service.ports.map(({port, protocol}) => `${port}/${protocol}`),
		}
	);
}
