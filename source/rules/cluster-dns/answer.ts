import {parseIp} from '../../model/ip.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {answerZone} from './answer-zone.ts';
import type {DnsConfig, DnsServer} from './config.ts';
import {fqdn, isWithin, labelsOf, longestZone, sameName} from './name.ts';
import type {DnsOutcome, DnsQuestion, DnsRecord} from './record.ts';

export type AnswerOptions = {
	/** Records of names that the cluster does not serve, where they are known. */
	readonly upstream?: (name: string, type: string) => readonly DnsRecord[] | undefined;
	/** How often CNAMEs have led back here already. */
	readonly depth?: number;
};

/** CoreDNS answers itself at most this often for one question (core/dnsserver maxReentries). */
const maxDepth = 10;

/**
What the cluster's DNS answers by the objects and the Corefile, exactly as CoreDNS's kubernetes plugin does. A name that
is not the cluster's is FORWARDED: nothing is predicted. Nothing here throws, whatever the name.
*/
export function answer(
	snapshot: Snapshot,
	config: DnsConfig,
	{question, ...options}: AnswerOptions & {readonly question: DnsQuestion},
): DnsOutcome {
	const requested = {name: fqdn(question.name), type: question.type.toUpperCase()};
	const zone = longestZone(
		config.servers.flatMap(({zones}) => zones),
		requested.name,
	);
	const server = config.servers.find(({zones}) => zone !== undefined && zones.includes(zone));
	if (!server) {
		return rcodeOnly('REFUSED');
	}

	return hostsAnswer(server, requested) ?? pluginAnswer({snapshot, config, server, requested, options});
}

function pluginAnswer({
	snapshot,
	config,
	server,
	requested,
	options,
}: {
	readonly snapshot: Snapshot;
	readonly config: DnsConfig;
	readonly server: DnsServer;
	readonly requested: DnsQuestion;
	readonly options: AnswerOptions;
}): DnsOutcome {
	const plugin = server.kubernetes;
	const zone = plugin && longestZone(plugin.zones, requested.name);
	if (!plugin || zone === undefined) {
		return forwarded(server, requested, options);
	}

	const depth = (options.depth ?? 0) + 1;
	const context = {
		snapshot,
		plugin,
		// The zone keeps the case of the question (plugin/kubernetes handler.go).
		zone: zone === '.' ? '.' : requested.name.slice(-zone.length),
		lookUp: (question: DnsQuestion): DnsOutcome =>
			depth > maxDepth ? rcodeOnly('SERVFAIL') : answer(snapshot, config, {...options, question, depth}),
	};
	const outcome = answerZone(context, requested);
	if (outcome.kind !== 'NXDOMAIN') {
		return outcome;
	}

	const falls = plugin.fallthrough.some((item) => isWithin(item, requested.name));
	return falls
		? forwarded(server, requested, options)
		: plugin.synced === false
			? // Not yet listed: the SOA record stands beside the failure, too (coredns plugin.BackendError).
				{...rcodeOnly('SERVFAIL'), authority: outcome.authority}
			: outcome;
}

/** The `hosts` plugin stands before `kubernetes`, whatever the order in the Corefile (coredns plugin.cfg). */
function hostsAnswer({hosts}: DnsServer, requested: DnsQuestion): DnsOutcome | undefined {
	const type = requested.type === 'A' || requested.type === 'AAAA' ? requested.type : undefined;
	const addresses = hosts
		.filter(({names}) => names.some((name) => sameName(name, requested.name)))
		.map(({ip}) => parseIp(ip) && {ip, family: parseIp(ip)?.family})
		.filter((item) => item !== undefined && item.family === (type === 'A' ? 'IPv4' : 'IPv6'));
	return type && addresses.length > 0
		? {
				kind: 'ANSWER',
				rcode: 'NOERROR',
				answers: addresses.map((item) => ({name: requested.name, type, ttl: 3600, address: item?.ip ?? ''})),
				additional: [],
			}
		: undefined;
}

function forwarded(server: DnsServer, requested: DnsQuestion, {upstream}: AnswerOptions): DnsOutcome {
	const known = upstream?.(requested.name, requested.type);
	if (known) {
		return {kind: known.length > 0 ? 'ANSWER' : 'NODATA', rcode: 'NOERROR', answers: known, additional: []};
	}

	const forward = server.forwards
		.filter(
			({from, except}) =>
				isWithin(from, requested.name) && !except.some((item) => isWithin(item, requested.name)),
		)
		.toSorted((a, b) => labelsOf(b.from).length - labelsOf(a.from).length)[0];
	if (!forward && server.mayDiffer.length === 0) {
		// No plugin is left to answer (plugin.NextOrFailure).
		return rcodeOnly('SERVFAIL');
	}

	return {kind: 'FORWARDED', answers: [], additional: [], forwardedTo: forward?.to ?? []};
}

function rcodeOnly(kind: 'SERVFAIL' | 'REFUSED'): DnsOutcome {
	return {kind, rcode: kind, answers: [], additional: []};
}
