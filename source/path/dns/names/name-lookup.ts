import type {DnsObservation} from '../../../model/evidence.ts';
import type {DnsQueryDetails} from '../../details.ts';
import type {Finding} from '../../finding.ts';
import {hiddenNamespace} from './hidden-namespace.ts';
import {nameAdvice} from './name-advice.ts';
import {forwardsToItself} from '../cluster-dns/forwards-to-itself.ts';
import {kubeletDomain} from '../cluster-dns/kubelet-domain.ts';
import {templateTakes} from '../cluster-dns/template-takes.ts';
import {hostsAnswerAll} from './hosts-answer-all.ts';
import {noKubernetesPlugin} from './no-kubernetes-plugin.ts';
import {windowsName} from './windows-name.ts';
import {isLoopbackName, loopbackName} from './loopback-name.ts';
import {nodeCacheFindings} from '../cluster-dns/node-cache.ts';
import {policyDeniesDns} from '../cluster-dns/policy-denies-dns.ts';
import {policyShutsDns, unreadPoliciesOfDns} from '../cluster-dns/policy-shuts-dns.ts';
import {otherDns} from '../cluster-dns/other-dns.ts';
import {type ClusterDnsHealth} from '../cluster-dns/cluster-dns-health.ts';
import {servesCluster, type DnsConfig} from '../../../rules/cluster-dns/corefile/config.ts';
import {isWithin, plainName} from '../../../rules/cluster-dns/name.ts';
import {dataIn, observationsOf, observedDetails, seenOf} from '../observations.ts';
import {toAnswer, type DnsOutcome} from '../../../rules/cluster-dns/record.ts';
import {replicaFindings} from '../cluster-dns/replica-evidence.ts';
import {hostAliasOf} from '../../../rules/cluster-dns/client/host-alias.ts';
import {type Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {belongsToCluster, evaluateName} from './name-record.ts';
import type {NameQuery} from './name-query.ts';
import {otherTypeAlone} from './other-type-alone.ts';
import {type Prediction, predict} from './predict.ts';

/** A look-up at the cluster's DNS: what is predicted, what was seen, and what is wrong. */
export type NameLookup = Prediction & {
	readonly queries: readonly DnsQueryDetails[];
	/** The name that has records, and their data: observed where it was asked for, else predicted. */
	readonly final?: {
		readonly name: string;
		readonly data: readonly string[];
		readonly outcome?: DnsOutcome;
	};
	/** The pod has the name in its own hosts file: no DNS is asked. */
	readonly inHostsFile?: true;
	readonly findings: readonly Finding[];
	readonly stop?: StopReason;
	/** Why no look-up is answered, whatever the name. */
	readonly failure?: string;
	readonly observed: boolean;
	readonly notChecked?: readonly string[];
};

/** Looks a name up as the client's resolver would, by the objects, and compares with what the DNS pods answered. */
export function lookUpName(question: NameQuery): NameLookup {
	const {snapshot, name, intent} = question;
	const prediction = predict(question);
	const {client, resolution} = prediction;
	const seen = resolution.tries.flatMap((item) => observationsOf(snapshot, item.name, 'pods'));
	const base = {
		...prediction,
		queries: queriesOf(resolution, seen),
		observed: seen.some((item) => seenOf(item).type === 'answer'),
	};
	if (isLoopbackName(name)) {
		return {...base, findings: [loopbackName(name, question.source)]};
	}

	const alias = hostAliasOf(client.pod, name);
	if (alias !== undefined) {
		return {...base, final: {name: plainName(name), data: [alias]}, inHostsFile: true, findings: []};
	}

	if (client.asks !== 'cluster') {
		const others = intent === 'host' ? [] : otherDns(snapshot, client, name);
		const stop = isError(others) ? 'dns-failure' : undefined;
		return {...base, findings: [...client.findings, ...others], stop};
	}

	return {...base, final: finalOf(resolution, seen), ...askedOfCluster(question, base, seen)};
}

/** What is wrong with a look-up that the cluster's own DNS answers. */
function askedOfCluster(
	question: NameQuery,
	prediction: Prediction & Pick<NameLookup, 'observed' | 'queries'>,
	seen: readonly DnsObservation[],
): Pick<NameLookup, 'findings' | 'stop' | 'failure' | 'notChecked' | 'queries'> {
	const {snapshot} = question;
	const {config, client, health, resolution, observed, queries} = prediction;
	const evaluated = evaluatedName(question, prediction, seen);
	const replicas = replicaFindings(snapshot, predictedOf(resolution), isTrusted(config));
	const policies = [...policyDeniesDns(snapshot, client), ...policyShutsDns(snapshot, client)];
	const cache = nodeCacheFindings(snapshot, client);
	const failure = failureOf({policies, cache, health});
	const domain = [
		...kubeletDomain(snapshot, question, prediction),
		...(observed ? [] : templateTakes(config, resolution.resolved)),
	];
	const findings = [client.findings, domain, policies, cache, health.findings, evaluated.findings, replicas];
	return {
		failure,
		queries: failure ? queries.map((query) => ({...query, expected: noAnswer})) : queries,
		findings: saidOnce(findings.flat()),
		stop: failure ? 'dns-failure' : evaluated.stop,
		notChecked: unreadPoliciesOfDns(snapshot, client),
	};
}

/** Whether the name has a record, or only a circle of forwards (KNET127). */
function evaluatedName(
	question: NameQuery,
	prediction: Prediction & Pick<NameLookup, 'observed'>,
	seen: readonly DnsObservation[],
): Pick<NameLookup, 'findings' | 'stop'> {
	const {snapshot, name, intent} = question;
	const {config, resolution, observed} = prediction;
	const itself = intent === 'name' && !observed ? forwardsToItself(snapshot, name, prediction) : undefined;
	if (itself) {
		return {findings: [itself], stop: itself.undecided ? undefined : 'dns-failure'};
	}

	const query = {
		...question,
		advice: adviceFor(question, prediction),
		isDelegated: isDelegated(config, name),
		isServed: servesCluster(config),
	};
	return evaluateName(query, resolution, seen);
}

/** What a name without a record may have meant: the first that fits. */
function adviceFor(question: NameQuery, prediction: Prediction): NameQuery['advice'] {
	const {snapshot} = question;
	const {config, resolution} = prediction;
	const unserved = belongsToCluster(question) ? noKubernetesPlugin(config) : undefined;
	return (
		unserved ??
		otherTypeAlone(question, prediction) ??
		hiddenNamespace(snapshot, resolution, config) ??
		hostsAnswerAll(config, resolution) ??
		windowsName(question, prediction) ??
		question.advice ??
		nameAdvice(snapshot, resolution, config.domain)
	);
}

type Ways = {
	readonly policies: readonly Finding[];
	readonly cache: readonly Finding[];
	readonly health: ClusterDnsHealth;
};

/** Stands for the answer of a server that the client does not reach. */
const noAnswer = {rcode: 'UNAVAILABLE', answers: []};

function failureOf({policies, cache, health}: Ways): NameLookup['failure'] {
	if (isError(policies)) {
		return 'policies let no look-up through';
	}

	return isError(cache)
		? 'the DNS cache on the node is down'
		: health.stop && 'the cluster DNS cannot answer';
}

/** Several steps may rest on the same kind that cannot be read. */
function saidOnce(findings: readonly Finding[]): readonly Finding[] {
	return [...new Map(findings.map((each) => [`${each.code} ${each.message}`, each])).values()];
}

function isError(findings: readonly Finding[]): boolean {
	return findings.some(({severity, undecided}) => severity === 'error' && !undecided);
}

/** The zone of cluster sets (KEP-1645), which GKE's kube-dns serves without a Corefile. */
const clusterSet = 'clusterset.local.';

/** Another zone than the root, and than those of the plugin kubernetes, goes to servers of its own. */
function isDelegated({servers, corefile}: DnsConfig, name: string): boolean {
	const mayBeServed = corefile === undefined && isWithin(clusterSet, name);
	return (
		mayBeServed ||
		servers.some(({zones, kubernetes, forwards}) =>
			[...(kubernetes ? [] : zones), ...forwards.map(({from}) => from)].some(
				(zone) => zone !== '.' && isWithin(zone, name),
			),
		)
	);
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
