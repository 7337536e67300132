import {parseIp} from '../../../model/matching/ip.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {answerZone} from './answer-zone.ts';
import type {DnsConfig, DnsServer, Forward} from '../corefile/config.ts';
import {fqdn, isWithin, labelsOf, longestZone, sameName} from '../name.ts';
import {negative} from './outcome.ts';
import type {DnsOutcome, DnsQuestion, DnsRecord} from '../record.ts';
import {rewritten} from '../corefile/rewrite.ts';

type AnswerOptions = {
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
	const cache = config.cache && serverFor(config.cache.servers, requested.name);
	if (config.cache && cache) {
		return cacheAnswer({snapshot, config, server: cache, requested, options}, config.cache.upstreams);
	}

	const server = serverFor(config.servers, requested.name);
	return server ? serverAnswer({snapshot, config, server, requested, options}) : rcodeOnly('REFUSED');
}

/** CoreDNS asks the server block with the longest zone that holds the name. */
export function serverFor(servers: readonly DnsServer[], name: string): DnsServer | undefined {
	const zone = longestZone(
		servers.flatMap(({zones}) => zones),
		name,
	);
	return servers.find(({zones}) => zone !== undefined && zones.includes(zone));
}

type Asked = {
	readonly snapshot: Snapshot;
	readonly config: DnsConfig;
	readonly server: DnsServer;
	readonly requested: DnsQuestion;
	readonly options: AnswerOptions;
};

function serverAnswer(asked: Asked): DnsOutcome {
	return withRewrite(asked, (each) => hostsAnswer(each.server, each.requested) ?? pluginAnswer(each));
}

/** The cache on the node: what it sends on to the cluster's DNS is answered there, the rest by others (node-local-dns). */
function cacheAnswer(asked: Asked, upstreams: readonly string[]): DnsOutcome {
	const {snapshot, config, options} = asked;
	return withRewrite(asked, ({server, requested}) => {
		const own = hostsAnswer(server, requested);
		const to = forwardFor(server, requested)?.to ?? [];
		// Its blocks for zones are those of the cluster's DNS, wherever that is.
		const isOurs = !server.zones.includes('.') || to.some((each) => upstreams.includes(withoutPort(each)));
		return (
			own ??
			(isOurs
				? answer(snapshot, {...config, cache: undefined}, {...options, question: requested})
				: forwarded(server, requested, options))
		);
	});
}

/** Other plugins are asked for the rewritten name; its records come back under the name that was asked for. */
function withRewrite(asked: Asked, ask: (asked: Asked) => DnsOutcome): DnsOutcome {
	const {server, requested} = asked;
	const name = rewritten(server.rewrites, requested.name);
	if (name === undefined) {
		return {kind: 'FORWARDED', answers: [], additional: []};
	}

	if (sameName(name, requested.name)) {
		return ask(asked);
	}

	const outcome = ask({...asked, requested: {...requested, name}});
	return {
		...outcome,
		answers: outcome.answers.map((record) =>
			sameName(record.name, name) ? {...record, name: requested.name} : record,
		),
		rewritten: name,
	};
}

function pluginAnswer({snapshot, config, server, requested, options}: Asked): DnsOutcome {
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

/**
The `hosts` plugin stands before `kubernetes`, whatever the order in the Corefile (coredns plugin.cfg). Of a name that it has, other
types are empty; without fallthrough it answers what it does not have with SERVFAIL (plugin/hosts).
*/
function hostsAnswer({hosts, hostsOnly}: DnsServer, requested: DnsQuestion): DnsOutcome | undefined {
	const {name} = requested;
	const type = requested.type === 'A' || requested.type === 'AAAA' ? requested.type : undefined;
	const all = hosts
		.filter(({names}) => names.some((each) => sameName(each, name)))
		.map(({ip}) => ({ip, family: parseIp(ip)?.family}));
	const addresses = all.filter(({family}) => family === (type === 'A' ? 'IPv4' : 'IPv6'));
	if (type && addresses.length > 0) {
		const answers = addresses.map(({ip}): DnsRecord => ({name, type, ttl: 3600, address: ip}));
		return {kind: 'ANSWER', rcode: 'NOERROR', answers, additional: []};
	}

	if (requested.type === 'PTR') {
		return undefined;
	}

	if (all.length > 0) {
		return negative('NODATA', name);
	}

	return hostsOnly.some((zone) => isWithin(zone, name)) ? rcodeOnly('SERVFAIL') : undefined;
}

function forwarded(server: DnsServer, requested: DnsQuestion, {upstream}: AnswerOptions): DnsOutcome {
	const known = upstream?.(requested.name, requested.type);
	if (known) {
		return {kind: known.length > 0 ? 'ANSWER' : 'NODATA', rcode: 'NOERROR', answers: known, additional: []};
	}

	const forward = forwardFor(server, requested);
	if (!forward && server.mayDiffer.length === 0) {
		// No plugin is left to answer (plugin.NextOrFailure).
		return rcodeOnly('SERVFAIL');
	}

	return {
		kind: 'FORWARDED',
		answers: [],
		additional: [],
		forwardedTo: forward?.to ?? [],
		mayAnswer: forward ? undefined : server.mayDiffer,
	};
}

function forwardFor({forwards}: DnsServer, {name}: DnsQuestion): Forward | undefined {
	return forwards
		.filter(({from, except}) => isWithin(from, name) && !except.some((item) => isWithin(item, name)))
		.toSorted((a, b) => labelsOf(b.from).length - labelsOf(a.from).length)[0];
}

export function withoutPort(server: string): string {
	return server.replace(/^dns:\/\//u, '').replace(/^(\d+(?:\.\d+){3}):\d+$/u, '$1');
}

function rcodeOnly(kind: 'SERVFAIL' | 'REFUSED'): DnsOutcome {
	return {kind, rcode: kind, answers: [], additional: []};
}
