import {kubectl} from '../../../model/safe-text/command.ts';
import type {DnsObservation} from '../../../model/evidence.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {type Finding, finding} from '../../finding.ts';
import {namesOf} from '../../words.ts';
import {plainName} from '../../../rules/cluster-dns/name.ts';
import {observationsOf, plainData, seenOf} from '../observations.ts';
import {toAnswer, type DnsOutcome} from '../../../rules/cluster-dns/record.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

/** A question, and what the objects imply for it. */
export type Predicted = {readonly name: string; readonly type: string; readonly outcome: DnsOutcome};

/**
KNET125 and 126: what each DNS pod answered, beside the others and the prediction. `trusted`: the Corefile has nothing
that answers in place of the objects.
*/
export function replicaFindings(
	snapshot: Snapshot,
	predicted: readonly Predicted[],
	trusted: boolean,
): readonly Finding[] {
	const questions = predicted.map((item) => ({...item, observations: requestedFor(snapshot, item)}));
	const silent = questions.flatMap(({observations}) => observations.filter(isSilent));
	const differing = questions.map((item) => disagreement(item, trusted)).filter((item) => item !== undefined);
	return [
		...differing.slice(0, 1),
		...[...new Map(silent.map((item) => [item.subject.resolver, item])).values()].map(silentFinding),
	];
}

function requestedFor(snapshot: Snapshot, {name, type}: Predicted): readonly DnsObservation[] {
	return observationsOf(snapshot, name, 'pods').filter(({subject}) => subject.recordType === type);
}

function isSilent(item: DnsObservation): boolean {
	const seen = seenOf(item);
	return seen.type === 'failure' && seen.failure.failed === 'timeout';
}

function silentFinding({subject, result}: DnsObservation): Finding {
	const [namespace = '', pod = ''] = subject.resolver.split('/');
	return finding(clusterDnsFindings.clusterDnsReplicaSilent, {
		message: `DNS pod ${subject.resolver} did not answer for ${plainName(subject.name)}.`,
		evidence: [
			{
				object: `DNS pod ${subject.resolver}`,
				path: `${plainName(subject.name)} ${subject.recordType}`,
				value: 'failed' in result ? result.message : '',
			},
		],
		remedy: 'Look at its log and its load; the other DNS pods still answer.',
		command: kubectl({namespace}, 'logs', pod),
	});
}

function disagreement(
	{name, type, outcome, observations}: Predicted & {readonly observations: readonly DnsObservation[]},
	trusted: boolean,
): Finding | undefined {
	// Servers outside rotate their answers: of those only the code counts.
	const ours = outcome.kind !== 'FORWARDED' && outcome.kind !== 'UNKNOWN';
	const answers = new Map(
		observations
			.map((item) => [item.subject.resolver, signatureOf(item, ours && outcome.open === undefined)] as const)
			.filter(([, signature]) => signature !== undefined),
	);
	const expected = ours && trusted && outcome.open === undefined ? expectedSignature(outcome) : undefined;
	const different = new Set([
		...answers.values(),
		...(expected === undefined || answers.size === 0 ? [] : [expected]),
	]);
	return different.size > 1 ? differs({name, type}, answers, expected) : undefined;
}

function differs(
	{name, type}: Pick<Predicted, 'name' | 'type'>,
	answers: ReadonlyMap<string, string | undefined>,
	expected: string | undefined,
): Finding {
	const wrong = [...answers].filter(([, signature]) => expected !== undefined && signature !== expected);
	const [odd] = wrong.length > 0 ? wrong : [...answers];
	const [namespace = '', pod = ''] = odd?.[0].split('/') ?? [];
	return finding(clusterDnsFindings.clusterDnsReplicaDisagrees, {
		message:
			wrong.length > 0
				? `${namesOf(wrong.map(([resolver]) => resolver))} answers ${odd?.[1]} for ${plainName(name)} ${type}; the objects imply ${expected}.`
				: `The DNS pods answer differently for ${plainName(name)} ${type}.`,
		evidence: [
			...[...answers].map(([resolver, signature]) => ({
				object: `DNS pod ${resolver}`,
				path: `${plainName(name)} ${type}`,
				value: signature ?? '',
			})),
			...(expected === undefined
				? []
				: [{object: 'DNS by the objects', path: `${plainName(name)} ${type}`, value: expected}]),
		],
		remedy:
			'Ask again after 30 seconds, since CoreDNS caches; then restart the pod that differs and look in its log.',
		command: kubectl({namespace}, 'logs', pod),
	});
}

/** Code and data in one text that compares; undefined where no answer came. */
function signatureOf(item: DnsObservation, withData: boolean): string | undefined {
	const seen = seenOf(item);
	return seen.type === 'failure'
		? undefined
		: signature(seen.rcode, withData ? seen.answers.filter(({type}) => type !== 'SOA').map(plainData) : []);
}

function expectedSignature({rcode = '', answers}: DnsOutcome): string {
	return signature(
		rcode,
		answers.filter(({type}) => type !== 'SOA').map((record) => toAnswer(record).data),
	);
}

function signature(rcode: string, data: readonly string[]): string {
	const sorted = [...new Set(data.map((item) => item.toLowerCase()))].toSorted();
	return sorted.length === 0 ? (rcode === 'NOERROR' ? 'no record' : rcode) : sorted.join(', ');
}
