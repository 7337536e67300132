import type {Pod} from '../../../model/workloads/pod.ts';
import {refOf} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {NameServer} from '../../../rules/cluster-dns/client/pod-name-servers.ts';
import {enforcerOf, type Enforcer} from '../../../rules/network-policy/enforcer.ts';
import {identityOf} from '../../../rules/network-policy/identity.ts';
import {accessFinding} from '../../access.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {exceptedField, exceptedText} from '../../network-policy/excepted.ts';
import {policiesText, policyEvidence, showPolicies} from '../../network-policy/policy-text.ts';
import {labelsText} from '../../words.ts';
import type {ClientDns} from '../client-dns.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';
import {effectOf} from './denial-effect.ts';
import {worstLookUp, type Judged} from './dns-connections.ts';

/** KNET132: the egress policies of the client pod let no look-up out to its name servers. */
export function policyDeniesDns(snapshot: Snapshot, {pod, servers}: ClientDns): readonly Finding[] {
	const [server] = servers;
	if (!pod || !server || pod.hostNetwork) {
		return [];
	}

	const state = snapshot.state('NetworkPolicy', pod.namespace);
	if (state.state === 'forbidden') {
		return [accessFinding('NetworkPolicy', pod.namespace, state)].filter((item) => item !== undefined);
	}

	const found = worstLookUp(snapshot, {pod, servers, direction: 'egress'});
	if (!found) {
		return [];
	}

	const {worst} = found;
	const enforcer = enforcerOf(snapshot, snapshot.version);
	return [
		worst.verdict === 'undecidable' || isUndecidable(snapshot, server)
			? undecided(pod, worst, enforcer)
			: denied(pod, {...found, enforcer}),
	];
}

/** A cache on the host network is its node to enforcers that go by identity: what ipBlocks mean of it is theirs to say. */
function isUndecidable(snapshot: Snapshot, {type}: NameServer): boolean {
	return type === 'cache' && identityOf(snapshot).blocksMeanNodes !== 'yes';
}

type Denial = {readonly worst: Judged; readonly enforcer: Enforcer; readonly isWhole: boolean};

function denied(pod: Pod, {worst, enforcer, isWhole}: Denial): Finding {
	const {by, nearMiss} = worst;
	const {severity, certainty} = effectOf(enforcer, by, isWhole);
	return finding(clusterDnsFindings.policyDeniesDns, {
		severity,
		message: `${policiesText(by)} ${by.length > 1 ? 'do' : 'does'} not let pod ${pod.namespace}/${pod.name} out to ${placeOf(worst)}: ${certainty}.`,
		evidence: [
			...(nearMiss?.type === 'port'
				? [objectField(refOf('NetworkPolicy', nearMiss.policy), nearMiss.path, nearMiss.ports.join(', '))]
				: policyEvidence(by, 'no rule matches')),
			...enforcer.evidence,
		],
		remedy: remedyOf(worst),
		command: showPolicies(by),
	});
}

function undecided(pod: Pod, worst: Judged, enforcer: Enforcer): Finding {
	const {by, excepted} = worst;
	const why = excepted ? ` (${exceptedText(enforcer, excepted)})` : '';
	return finding(clusterDnsFindings.policyDeniesDns, {
		undecided: true,
		message: `Whether ${policiesText(by)} lets pod ${pod.namespace}/${pod.name} out to ${placeOf(worst)} is not known${why}.`,
		evidence: excepted ? [exceptedField(excepted)] : policyEvidence(by, 'no rule surely matches'),
		remedy: 'Look a name up in the pod.',
		command: showPolicies(by),
	});
}

function placeOf({destination: {server, port}, protocol}: Judged): string {
	return server.type === 'service'
		? `${port}/${protocol} of the DNS pods`
		: server.type === 'cache'
			? `DNS cache ${server.address}:${port}/${protocol}`
			: `nameserver ${server.address}:${port}/${protocol}`;
}

function remedyOf({destination: {server, to, port}}: Judged): string {
	const ports = `ports ${port}/UDP and ${port}/TCP`;
	if (server.type === 'service') {
		const {namespace, selector} = server.service;
		return `Add an egress rule for ${ports} to the pods labelled ${labelsText(selector ?? {})} in ${namespace}.`;
	}

	if (to.pod) {
		return `Add an egress rule for ${ports} to the pods labelled ${labelsText(to.pod.labels)} in ${to.pod.namespace}.`;
	}

	const addresses = server.type === 'cache' ? server.cache.addresses : [server.address];
	const blocks = addresses.map((ip) => `${ip}/${ip.includes(':') ? 128 : 32}`).join(' and ');
	return `Add an egress rule for ${ports} to ipBlock ${blocks}: no selector of pods covers that.`;
}
