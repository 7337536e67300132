import type {Snapshot} from '../../../model/snapshot.ts';
import {enforcerOf} from '../../../rules/network-policy/enforcer.ts';
import {type Finding, finding} from '../../finding.ts';
import {policiesText, policyEvidence, showPolicies} from '../../network-policy/policy-text.ts';
import type {ClientDns} from '../client-dns.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';
import {effectOf} from './denial-effect.ts';
import {worstLookUp} from './dns-connections.ts';

/** What KNET134 cannot say, because the policies of the DNS pods are not known. */
export function unreadPoliciesOfDns(
	snapshot: Snapshot,
	{pod, servers}: ClientDns,
): readonly string[] | undefined {
	const [first] = servers;
	const namespace = pod && first?.type === 'service' ? first.service.namespace : undefined;
	const state = namespace === undefined ? undefined : snapshot.state('NetworkPolicy', namespace);
	return state?.state === 'forbidden' || state?.state === 'absent'
		? [`policies of the DNS pods in ${namespace}`]
		: undefined;
}

/** KNET134: the policies that select the DNS pods do not admit the client. */
export function policyShutsDns(snapshot: Snapshot, {pod, servers}: ClientDns): readonly Finding[] {
	const found = pod && worstLookUp(snapshot, {pod, servers, direction: 'ingress'});
	if (!found) {
		return [];
	}

	const {worst, isWhole} = found;
	const {by, protocol, destination} = worst;
	const client = `pod ${pod.namespace}/${pod.name}`;
	const port = `${destination.port}/${protocol} of the DNS pods`;
	const common = {command: showPolicies(by), toFix: by};
	if (worst.verdict === 'undecidable') {
		return [
			finding(clusterDnsFindings.policyShutsDns, {
				...common,
				undecided: true,
				message: `Whether ${policiesText(by)} admits ${client} on ${port} is not known.`,
				evidence: policyEvidence(by, 'no rule surely matches'),
				remedy: 'Look a name up in the pod.',
			}),
		];
	}

	const enforcer = enforcerOf(snapshot, snapshot.version);
	const {severity, certainty} = effectOf(enforcer, by, isWhole);
	return [
		finding(clusterDnsFindings.policyShutsDns, {
			...common,
			severity,
			message: `${policiesText(by)} ${by.length > 1 ? 'do' : 'does'} not admit ${client} on ${port}: ${certainty}.`,
			evidence: [...policyEvidence(by, 'no rule matches'), ...enforcer.evidence],
			remedy: `Add an ingress rule for ports ${destination.port}/UDP and ${destination.port}/TCP that admits the pods of all namespaces: namespaceSelector {}.`,
		}),
	];
}
