import type {Pod} from '../../../model/workloads/pod.ts';
import {refOf} from '../../../model/ref.ts';
import type {Protocol, Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {NameServer} from '../../../rules/cluster-dns/client/pod-name-servers.ts';
import type {Decision} from '../../../rules/network-policy/decide.ts';
import {enforcerOf, type Enforcer} from '../../../rules/network-policy/enforcer.ts';
import {evaluateConnection, type Side} from '../../../rules/network-policy/evaluate-connection.ts';
import {identityOf} from '../../../rules/network-policy/identity.ts';
import {accessFinding} from '../../access.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {combine, type Combined} from '../../network-policy/combine.ts';
import {enforcementOf} from '../../network-policy/enforcement.ts';
import {exceptedField, exceptedText} from '../../network-policy/excepted.ts';
import {policiesText, policyEvidence, showPolicies} from '../../network-policy/policy-text.ts';
import {labelsText} from '../../words.ts';
import type {ClientDns} from '../client-dns.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

/** A name server as the network sees it: what the packets go to once kube-proxy has chosen a pod. */
type Destination = {readonly server: NameServer; readonly to: Side; readonly port: number};

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

	const [udp, tcp] = (['UDP', 'TCP'] as const).map((protocol) => judged(snapshot, {pod, servers}, protocol));
	const worst = [udp, tcp].find((each) => each !== undefined && each.verdict !== 'allowed');
	if (!worst || worst.verdict === 'partly') {
		return [];
	}

	const enforcer = enforcerOf(snapshot, snapshot.version);
	return [
		worst.verdict === 'undecidable' || isUndecidable(snapshot, server)
			? undecided(pod, worst, enforcer)
			: denied(pod, {worst, enforcer, isWhole: worst === udp}),
	];
}

type Judged = Combined & {
	readonly destination: Destination;
	readonly protocol: Protocol;
	readonly nearMiss?: Decision['nearMiss'];
	readonly excepted?: Decision['excepted'];
};

/** For all servers together: a resolver asks the next when one does not answer. */
function judged(
	snapshot: Snapshot,
	{pod, servers}: {readonly pod: Pod; readonly servers: readonly NameServer[]},
	protocol: Protocol,
): Judged | undefined {
	const all = servers.flatMap((server) => destinationsOf(snapshot, server, protocol));
	const decisions = all.map(
		({to, port}) => evaluateConnection({snapshot, from: {pod}, to, protocol, port}).egress,
	);
	const [destination] = all;
	const nearMiss = decisions.find((each) => each.nearMiss)?.nearMiss;
	const excepted = decisions.find((each) => each.excepted)?.excepted;
	return destination && {...combine(decisions), destination, protocol, nearMiss, excepted};
}

function destinationsOf(snapshot: Snapshot, server: NameServer, protocol: Protocol): readonly Destination[] {
	switch (server.type) {
		case 'service':
			return endpointsOf(snapshot, server.service, protocol).map((each) => ({server, ...each}));
		case 'cache': {
			// With Cilium's LocalRedirectPolicy the cache is a pod; else an address of the node, which no selector means.
			const pod = typeof server.pod === 'object' && !server.pod.hostNetwork ? server.pod : undefined;
			return [{server, to: {pod, ip: pod?.podIPs[0] ?? server.address}, port: 53}];
		}

		case 'cloud-dns':
		case 'other':
			return [{server, to: {ip: server.address}, port: 53}];
	}
}

/** Ready DNS pods and their container port: egress is judged behind the Service (OpenShift's listen on 5353). */
function endpointsOf(
	snapshot: Snapshot,
	service: Service,
	protocol: Protocol,
): readonly Pick<Destination, 'to' | 'port'>[] {
	const port = service.ports.find((item) => item.port === 53 && item.protocol === protocol);
	return snapshot.slicesOf(service.namespace, service.name).flatMap((slice) => {
		const number = slice.ports.find((item) => item.name === port?.name && item.protocol === protocol)?.port;
		return slice.endpoints
			.filter(({ready}) => ready)
			.flatMap(({addresses, pod: ref}) => {
				const pod = ref && snapshot.get('Pod', ref.namespace, ref.name);
				return pod && number !== undefined ? [{to: {pod, ip: addresses[0]}, port: number}] : [];
			});
	});
}

/** A cache on the host network is its node to enforcers that go by identity: what ipBlocks mean of it is theirs to say. */
function isUndecidable(snapshot: Snapshot, {type}: NameServer): boolean {
	return type === 'cache' && identityOf(snapshot).blocksMeanNodes !== 'yes';
}

const severities = {proven: 'error', enforced: 'error', unknown: 'warning', nobody: 'info'} as const;

type Denial = {readonly worst: Judged; readonly enforcer: Enforcer; readonly isWhole: boolean};

function denied(pod: Pod, {worst, enforcer, isWhole}: Denial): Finding {
	const enforcement = enforcementOf(enforcer, false, worst.by);
	const severity = severities[enforcement];
	const what = isWhole ? 'look-ups' : 'look-ups over TCP';
	const certainty =
		enforcement === 'enforced'
			? `${enforcer.name} drops ${what}`
			: enforcement === 'nobody'
				? `no effect, as ${enforcer.name} enforces no policies`
				: `if enforced, ${what} fail`;
	const {by, nearMiss} = worst;
	return finding(clusterDnsFindings.policyDeniesDns, {
		// Only answers that fit no datagram need TCP.
		severity: isWhole ? severity : 'info',
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
