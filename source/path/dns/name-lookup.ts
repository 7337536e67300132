import {kubectl} from '../../model/command.ts';
import type {DnsObservation} from '../../model/evidence.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import type {DnsQueryDetails} from '../details.ts';
import {type Finding, finding} from '../finding.ts';
import {clientDns, type ClientDns} from './client-dns.ts';
import {hiddenNamespace} from './hidden-namespace.ts';
import {nameAdvice, type Advice} from './name-advice.ts';
import {nodeCacheFindings} from './node-cache.ts';
import {policyDeniesDns} from './policy-denies-dns.ts';
import {otherDns} from './other-dns.ts';
import {clusterDnsHealth, type ClusterDnsHealth} from './cluster-dns-health.ts';
import type {DnsConfig} from '../../rules/cluster-dns/config.ts';
import {dnsConfigOf} from '../../rules/cluster-dns/dns-config-of.ts';
import {plainName} from '../../rules/cluster-dns/name.ts';
import {dataIn, isNegative, isNxdomain, observationsOf, observedDetails, seenOf} from './observations.ts';
import {toAnswer, type DnsOutcome} from '../../rules/cluster-dns/record.ts';
import {replicaFindings} from './replica-evidence.ts';
import {resolveAs, type Resolution} from '../../rules/cluster-dns/resolve-as.ts';
import type {Source} from '../../model/request.ts';
import type {StopReason} from '../../rules/stop.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

export type NameQuery = {
	readonly snapshot: Snapshot;
	/** As the client uses it: relative to its search list unless it ends with a dot. */
	readonly name: string;
	/** Default A and AAAA. */
	readonly types?: readonly string[];
	readonly source: Source;
	/** Of the client, where the source is no pod. */
	readonly namespace: string;
	readonly detail: 'overview' | 'full';
	/** `service`: a name of the cluster. `host`: most likely one of a server outside. `name`: whatever a person typed. */
	readonly intent: 'service' | 'host' | 'name';
	/** What to do where the name has no record, when more is known than the name. */
	readonly advice?: Advice;
};

/** A look-up at the cluster's DNS: what is predicted, what was seen, and what is wrong. */
export type NameLookup = {
	readonly config: DnsConfig;
	readonly client: ClientDns;
	readonly health: ClusterDnsHealth;
	readonly resolution: Resolution;
	readonly queries: readonly DnsQueryDetails[];
	/** The name that has records, and their data: observed where it was asked for, else predicted. */
	readonly final?: {
		readonly name: string;
		readonly data: readonly string[];
		readonly outcome?: DnsOutcome;
	};
	readonly findings: readonly Finding[];
	readonly stop?: StopReason;
	/** Why no look-up is answered, whatever the name. */
	readonly failure?: string;
	readonly observed: boolean;
};

/** Looks a name up as the client's resolver would, by the objects, and compares with what the DNS pods answered. */
export function lookUpName(question: NameQuery): NameLookup {
	const {snapshot, name, types, source, namespace, detail, intent} = question;
	const config = dnsConfigOf(snapshot);
	const client = clientDns(snapshot, config, {source, namespace});
	const health = clusterDnsHealth(snapshot, {
		detail,
		domain: config.domain,
		server: client.servers[0],
	});
	const resolution = resolveAs(snapshot, config, {
		name,
		types,
		resolvConf: client.resolvConf,
		resolver: client.resolver,
	});
	const seen = resolution.tries.flatMap((item) => observationsOf(snapshot, item.name, 'pods'));
	const base = {
		config,
		client,
		health,
		resolution,
		queries: queriesOf(resolution, seen),
		observed: seen.some((item) => seenOf(item).type === 'answer'),
	};
	if (client.asks !== 'cluster') {
		return {...base, findings: [...client.findings, ...(intent === 'host' ? [] : otherDns(client, name))]};
	}

	const advice =
		hiddenNamespace(snapshot, resolution, config) ??
		question.advice ??
		nameAdvice(snapshot, resolution, config.domain);
	const evaluated = evaluateName({...question, advice}, resolution, seen);
	const replicas = replicaFindings(snapshot, predictedOf(resolution), isTrusted(config));
	const policies = policyDeniesDns(snapshot, client);
	const cache = nodeCacheFindings(snapshot, client);
	const failure = isError(policies)
		? 'policies let no look-up out'
		: isError(cache)
			? 'the DNS cache on the node is down'
			: health.stop && 'the cluster DNS cannot answer';
	const stop = failure ? 'dns-failure' : evaluated.stop;
	return {
		...base,
		final: finalOf(resolution, seen),
		failure,
		findings: saidOnce([
			...client.findings,
			...policies,
			...cache,
			...health.findings,
			...evaluated.findings,
			...replicas,
		]),
		stop,
	};
}

/** Several steps may rest on the same kind that cannot be read. */
function saidOnce(findings: readonly Finding[]): readonly Finding[] {
	return [...new Map(findings.map((each) => [`${each.code} ${each.message}`, each])).values()];
}

function isError(findings: readonly Finding[]): boolean {
	return findings.some(({severity, undecided}) => severity === 'error' && !undecided);
}

function isTrusted({servers}: DnsConfig): boolean {
	return servers.every(({mayDiffer}) => mayDiffer.length === 0);
}

function predictedOf({tries}: Resolution) {
	return tries.flatMap(({name, outcomes}) => outcomes.map(({type, outcome}) => ({name, type, outcome})));
}

function queriesOf({tries}: Resolution, seen: readonly DnsObservation[]): readonly DnsQueryDetails[] {
	return tries.flatMap(({name, outcomes}) =>
		outcomes.map(({type, outcome}) => {
			const observed = seen.filter(
				({subject}) =>
					subject.recordType === type &&
					plainName(subject.name).toLowerCase() === plainName(name).toLowerCase(),
			);
			return {
				name: plainName(name),
				type,
				expected:
					outcome.rcode === undefined
						? undefined
						: {rcode: outcome.rcode, answers: outcome.answers.map(toAnswer)},
				observed: observed.length > 0 ? observedDetails(observed) : undefined,
			};
		}),
	);
}

function finalOf({tries, resolved}: Resolution, seen: readonly DnsObservation[]): NameLookup['final'] {
	const observed = seen.find((item) => dataIn(item).length > 0);
	if (observed) {
		const same = seen.filter(({subject}) => subject.name === observed.subject.name);
		return {name: plainName(observed.subject.name), data: [...new Set(same.flatMap(dataIn))]};
	}

	if (resolved === undefined) {
		return undefined;
	}

	const outcomes = tries.at(-1)?.outcomes ?? [];
	const data = outcomes.flatMap(({type, outcome}) =>
		outcome.answers.filter((record) => record.type === type).map((record) => toAnswer(record).data),
	);
	const outcome = outcomes.find((item) => item.outcome.kind === 'ANSWER')?.outcome;
	return {name: plainName(resolved), data, outcome};
}

const plainAdvice: Advice = {remedy: 'Check the spelling of the name.', command: 'kubectl get services -A'};

const outcomeWords: Readonly<Record<DnsOutcome['kind'], string>> = {
	ANSWER: 'answered',
	NODATA: 'no record',
	NXDOMAIN: 'NXDOMAIN',
	SERVFAIL: 'SERVFAIL',
	REFUSED: 'REFUSED',
	FORWARDED: 'asked of a DNS outside',
	UNKNOWN: 'not known',
};

type Requested = Pick<NameQuery, 'name' | 'intent' | 'advice' | 'source'>;
type Judgement = {readonly findings: readonly Finding[]; readonly stop?: StopReason};

/** KNET127, where no try has a record; what the DNS pods answered counts for more than the prediction. */
function evaluateName(
	requested: Requested,
	resolution: Resolution,
	seen: readonly DnsObservation[],
): Judgement {
	if (seen.some((item) => dataIn(item).length > 0)) {
		return {findings: []};
	}

	const last = plainName(resolution.tries.at(-1)?.name ?? '');
	const lastSeen = seen.filter(({subject}) => plainName(subject.name) === last);
	const proven = lastSeen.length > 0 && lastSeen.every(isNegative);
	switch (resolution.end) {
		case 'unknown':
			return {findings: unknownFindings(resolution)};
		case 'negative':
			return absent(requested, resolution);
		// An alias whose target is outside is judged by KNET129.
		case 'answered':
			return proven && !isAlias(resolution) ? absent(requested, resolution, lastSeen) : {findings: []};
		case 'forwarded':
			return proven ||
				belongsToCluster(requested) ||
				(requested.intent === 'name' && requested.advice?.isOurs)
				? absent(requested, resolution)
				: {findings: requested.intent === 'name' ? [noRecord(requested, resolution, true)] : []};
	}
}

function absent(
	requested: Requested,
	resolution: Resolution,
	seen: readonly DnsObservation[] = [],
): Judgement {
	const exists =
		seen.length > 0
			? !seen.some(isNxdomain)
			: resolution.tries.some(({outcomes}) => outcomes.some(({outcome}) => outcome.kind === 'NODATA'));
	return {findings: [noRecord(requested, resolution)], stop: exists ? 'no-address' : 'nxdomain'};
}

function isAlias({tries}: Resolution): boolean {
	return tries.at(-1)?.outcomes.some(({outcome}) => outcome.open !== undefined) ?? false;
}

/** A Service's name, a single label, or a name below `svc`: no server outside the cluster knows it. */
function belongsToCluster({name, intent}: Requested): boolean {
	const plain = plainName(name);
	return intent === 'service' || !plain.includes('.') || /\.svc(?:\.|$)/u.test(plain);
}

function noRecord(
	{name, source, advice = plainAdvice}: Requested,
	{tries}: Resolution,
	undecided?: true,
): Finding {
	// Names of the world, too, come as POD.SERVICE: without a namespace or a Service like it nothing is known to be meant.
	const isMeant = !undecided || advice.isLikely !== false;
	const {cause, remedy, command, evidence = []} = isMeant ? advice : outsideAdvice({name, source});
	const plain = plainName(name);
	return finding(clusterDnsFindings.nameDoesNotResolve, {
		message: undecided
			? `${plain} is no name of the cluster${cause ? ` (${cause})` : ''}: ${answererOf(tries)} answers, which only a look-up can tell.`
			: `${plain} has no record${cause ? `: ${cause}` : ''}.`,
		evidence: [
			...evidence,
			...tries.map((item) => ({
				object: 'cluster DNS',
				path: plainName(item.name),
				value: [...new Set(item.outcomes.map(({outcome}) => outcomeWords[outcome.kind]))].join(', '),
			})),
		],
		remedy,
		command,
		undecided,
	});
}

function outsideAdvice({name, source}: Pick<Requested, 'name' | 'source'>): Advice {
	const pod = source.kind === 'pod' ? source : {namespace: 'default', name: 'POD'};
	return {
		remedy: 'Look the name up in the pod.',
		command: kubectl(pod, 'exec', pod.name, '--', 'nslookup', plainName(name)),
	};
}

/** Who is asked for a name that is not the cluster's, as the Corefile has it. */
function answererOf(tries: Resolution['tries']): string {
	const to = tries.at(-1)?.outcomes.flatMap(({outcome}) => outcome.forwardedTo ?? []) ?? [];
	const servers = [...new Set(to)].filter((each) => each !== '/etc/resolv.conf');
	return servers.length > 0 ? servers.slice(0, 3).join(' or ') : 'a server outside';
}

function unknownFindings({tries}: Resolution): readonly Finding[] {
	const unknown = tries.at(-1)?.outcomes.find(({outcome}) => outcome.unknown)?.outcome.unknown;
	const found = unknown && accessFinding(unknown.kind, unknown.namespace, unknown.state);
	return found ? [found] : [];
}
