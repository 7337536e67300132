import type {DnsOutcome} from '../../../rules/cluster-dns/record.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import type {DnsObservation} from '../../../model/evidence.ts';
import {dataIn, isNegative, isNxdomain} from '../observations.ts';
import {plainName} from '../../../rules/cluster-dns/name.ts';
import {clusterDnsFindings} from '../cluster-dns/cluster-dns-catalogue.ts';
import {accessFinding} from '../../access.ts';
import type {NameQuery} from './name-query.ts';
import {refOf} from '../../../model/ref.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import type {Advice} from './advice.ts';

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

export type Requested = Pick<NameQuery, 'name' | 'intent' | 'advice' | 'source'> & {
	/** The Corefile sends this zone to servers of its own, as for `clusterset.local` (KEP-1645). */
	readonly isDelegated?: boolean;
	/** The Corefile has the plugin kubernetes. Without it a server that is forwarded to may be the cluster's. */
	readonly isServed?: boolean;
};

type Judgement = {readonly findings: readonly Finding[]; readonly stop?: StopReason};

/** KNET127, where no try has a record; what the DNS pods answered counts for more than the prediction. */
export function evaluateName(
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
			if (!proven && requested.isServed === false && belongsToCluster(requested)) {
				return {findings: [noRecord(requested, resolution, true)]};
			}

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
	const isFailing = resolution.tries.at(-1)?.outcomes.every(({outcome}) => outcome.kind === 'SERVFAIL');
	const stop = exists ? 'no-address' : isFailing && seen.length === 0 ? 'dns-failure' : 'nxdomain';
	return {findings: [noRecord(requested, resolution)], stop};
}

function isAlias({tries}: Resolution): boolean {
	return tries.at(-1)?.outcomes.some(({outcome}) => outcome.open !== undefined) ?? false;
}

/** A Service's name, a single label, or a name below `svc`: no server outside the cluster knows it. */
export function belongsToCluster({
	name,
	intent,
	isDelegated,
}: Pick<Requested, 'name' | 'intent' | 'isDelegated'>): boolean {
	if (isDelegated) {
		return false;
	}

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
			? `${plain} is no name of the cluster${cause ? ` (${cause})` : ''}: ${answererOf(tries)}, which only a look-up can tell.`
			: `${plain} has no record${cause ? `: ${cause}` : ''}.`,
		evidence: [
			...evidence,
			...tries.map((item) => ({
				object: 'cluster DNS',
				path: plainName(item.name),
				value: [...new Set(item.outcomes.map(({outcome}) => wordsOf(outcome)))].join(', '),
			})),
		],
		remedy,
		command,
		undecided,
	});
}

function wordsOf({kind, rewritten}: DnsOutcome): string {
	return rewritten === undefined
		? outcomeWords[kind]
		: `rewritten to ${plainName(rewritten)}: ${outcomeWords[kind]}`;
}

function unknownFindings({tries}: Resolution): readonly Finding[] {
	const unknown = tries.at(-1)?.outcomes.find(({outcome}) => outcome.unknown)?.outcome.unknown;
	const found = unknown && accessFinding(unknown.kind, unknown.namespace, unknown.state);
	return found ? [found] : unassignedFindings(tries);
}

/** KNET137. */
function unassignedFindings(tries: Resolution['tries']): readonly Finding[] {
	const service = tries.at(-1)?.outcomes.find(({outcome}) => outcome.unassigned)?.outcome.unassigned;
	return service
		? [
				finding(clusterDnsFindings.addressNotAssigned, {
					message: `Service ${service.namespace}/${service.name} has no cluster IP yet, so the answer is not known.`,
					evidence: [objectField(refOf('Service', service), 'spec.clusterIP', 'absent')],
					remedy: 'Ask the cluster once the manifest is applied: the API server assigns the address.',
					command: kubectl(service, 'get', 'service', service.name),
				}),
			]
		: [];
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
	const outcomes = tries.at(-1)?.outcomes.map(({outcome}) => outcome) ?? [];
	const plugins = [...new Set(outcomes.flatMap(({mayAnswer}) => mayAnswer ?? []))].slice(0, 3);
	if (plugins.length > 0) {
		return `the Corefile's ${plugins.join(' or ')} may answer`;
	}

	const to = outcomes.flatMap(({forwardedTo}) => forwardedTo ?? []);
	const servers = [...new Set(to)].filter((each) => !/^(?:\/|__)/u.test(each));
	return `${servers.length > 0 ? servers.slice(0, 3).join(' or ') : 'a server outside'} answers`;
}
