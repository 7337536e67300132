import type {Labels} from '../../model/meta.ts';
import type {NetworkPolicy} from '../../model/network-policy.ts';
import type {Pod} from '../../model/pod.ts';
import type {Protocol} from '../../model/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import type {NetworkPolicyDetails} from '../details.ts';
import type {Finding} from '../finding.ts';
import {statusOf} from '../hop-status.ts';
import type {HopStatus} from '../hop.ts';
import {combine} from './combine.ts';
import {connectionsOf, type Connection, type PolicySource} from '../../rules/network-policy/connections.ts';
import {foreignPolicies} from './foreign-policies.ts';
import {mayConcern} from '../../rules/network-policy/may-concern.ts';
import {senderLabels, withPods} from '../../rules/network-policy/source-pods.ts';
import {policyFindings} from './policy-findings.ts';
import {policyName} from './policy-text.ts';
import {enforcerOf, type Enforcer} from '../../rules/network-policy/enforcer.ts';
import {probed} from './probed.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import {count, namesOf} from '../words.ts';
import type {StopReason} from '../../rules/stop.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';

export type NetworkPolicyInput = {
	readonly endpoints: readonly ResolvedEndpoint[];
	readonly protocol: Protocol;
	readonly from: PolicySource;
	/** Of the endpoints' pods. Absent: that of their pod objects. */
	readonly namespace?: string;
	/** What their Service selects: labels that all of these pods have. */
	readonly labels?: Labels;
};

/** Whether NetworkPolicies admit the connection: a prediction, since the network plugin may not enforce them. */
export const networkPolicyEvaluator: HopEvaluator<'network-policy', NetworkPolicyInput> = {
	kind: 'network-policy',
	evaluate(hopContext, input) {
		const endpoints = receiving(input.endpoints);
		if (endpoints.length === 0) {
			return hopOf({status: 'skipped', summary: 'no endpoints to reach'});
		}

		const namespaces = namespacesOf(hopContext, input);
		const access = namespaces
			.map((namespace) => unknownFinding(hopContext.snapshot, 'NetworkPolicy', namespace))
			.filter((finding) => finding !== undefined);
		return access.length > 0
			? hopOf({status: 'unknown', summary: 'policies not known', findings: access.slice(0, 1)})
			: resolveKnown(hopContext, {...input, endpoints}, namespaces);
	},
};

/** Ready ones get the traffic; serving, terminating ones when there are no others. */
function receiving(endpoints: readonly ResolvedEndpoint[]): readonly ResolvedEndpoint[] {
	const withPort = endpoints.filter(({port}) => port !== undefined);
	const ready = withPort.filter((endpoint) => endpoint.ready);
	return ready.length > 0 ? ready : withPort.filter(({serving, terminating}) => serving && terminating);
}

function namespacesOf(
	{snapshot}: HopContext,
	{endpoints, from, namespace}: NetworkPolicyInput,
): readonly string[] {
	const destinations = endpoints.map(({podObject}) => podObject?.namespace ?? namespace);
	const sources = senderLabels(snapshot, from).map((sender) => sender.namespace);
	return [...new Set([...destinations, ...sources].filter((name) => name !== undefined))];
}

/** A file without policies says that there are none: nobody dumps a cluster without them by accident. */
function unknownFinding(
	snapshot: Snapshot,
	kind: 'NetworkPolicy' | 'Pod',
	namespace: string,
): Finding | undefined {
	const state = snapshot.state(kind, namespace);
	return isKnown(state) || (kind === 'NetworkPolicy' && state.state === 'absent')
		? undefined
		: accessFinding(kind, namespace, state);
}

function resolveKnown(
	hopContext: HopContext,
	input: NetworkPolicyInput,
	namespaces: readonly string[],
): HopEvaluation<'network-policy'> {
	const {snapshot, detail} = hopContext;
	const foreign = foreignPolicies(snapshot, namespaces);
	const policies = namespaces.flatMap((namespace) => snapshot.list('NetworkPolicy', namespace));
	// The labels of pods decide: the overview reads them where a policy may select them.
	if (
		policies.length === 0 ||
		(detail === 'overview' && !policies.some((policy) => isNear(snapshot, policy, input)))
	) {
		const status = statusOf(foreign);
		return hopOf({status, summary: 'no policy selects these pods', findings: foreign});
	}

	const missing = input.endpoints.filter((endpoint) => endpoint.pod && !podOf(hopContext, input, endpoint));
	const unread = namespaces
		.map((namespace) => (missing.length > 0 ? unknownFinding(snapshot, 'Pod', namespace) : undefined))
		.find((finding) => finding !== undefined);
	return unread
		? hopOf({status: 'unknown', summary: 'pods not known', findings: [unread]})
		: judge(hopContext, input, foreign);
}

function isNear(
	snapshot: Snapshot,
	policy: NetworkPolicy,
	{from, namespace, labels = {}}: NetworkPolicyInput,
): boolean {
	return mayConcern(policy, {destination: {namespace, labels}, sources: senderLabels(snapshot, from)});
}

function podOf(
	{snapshot}: HopContext,
	{namespace}: NetworkPolicyInput,
	endpoint: ResolvedEndpoint,
): Pod | undefined {
	return (
		endpoint.podObject ??
		(endpoint.pod && namespace ? snapshot.get('Pod', namespace, endpoint.pod) : undefined)
	);
}

function judge(
	hopContext: HopContext,
	input: NetworkPolicyInput,
	foreign: readonly Finding[],
): HopEvaluation<'network-policy'> {
	const {snapshot} = hopContext;
	const {protocol, endpoints} = input;
	const from = withPods(snapshot, input.from);
	const connections = connectionsOf(snapshot, from, {
		endpoints,
		protocol,
		podOf: (endpoint) => podOf(hopContext, input, endpoint),
	});
	const seen = probed(snapshot, from, connections);
	const enforcer = enforcerOf(snapshot, snapshot.version);
	const findings = [...policyFindings({connections, from, protocol, seen, enforcer}), ...foreign];
	const status = statusOf(findings);
	return hopOf({
		status,
		summary: summaryOf(connections, from, {seen, enforcer}),
		findings,
		details: detailsOf(connections),
		basis: seen === 'nothing' ? 'objects' : 'evidence',
		...(status === 'broken' ? {stop: 'dropped'} : {}),
	});
}

function detailsOf(connections: readonly Connection[]): NetworkPolicyDetails {
	const side = (direction: 'ingress' | 'egress') => {
		const {verdict, by} = combine(connections.map((connection) => connection[direction]));
		return {verdict, by: by.map(policyName)};
	};
	return {ingress: side('ingress'), egress: side('egress')};
}

function summaryOf(
	connections: readonly Connection[],
	from: PolicySource,
	{seen, enforcer}: {readonly seen: ReturnType<typeof probed>; readonly enforcer: Enforcer},
): string {
	const ingress = combine(connections.map((connection) => connection.ingress));
	const egress = combine(connections.map((connection) => connection.egress));
	if (seen === 'connected') {
		return 'a probe from the client connected';
	}

	const worst = [ingress, egress].find(({verdict}) => verdict !== 'allowed');
	if (worst) {
		const names = namesOf(worst.by.map(policyName));
		if (enforcer.enforces === false && seen !== 'timed-out') {
			return `${names}: not enforced by ${enforcer.name}`;
		}

		return worst.verdict === 'partly'
			? `some backends denied by ${names}`
			: worst.verdict === 'denied'
				? `denied by ${names}`
				: `not known: ${names}`;
	}

	const by = [...new Set([...ingress.by, ...egress.by].map(policyName))];
	if (by.length === 0) {
		return 'no policy selects these pods';
	}

	return from.type === 'node' && from.name === undefined
		? `${count(by.length, 'policy', 'policies')}: ask with --from pod/NAME`
		: `admitted by ${namesOf(by)}`;
}

function hopOf(parts: {
	readonly status: HopStatus;
	readonly summary: string;
	readonly findings?: readonly Finding[];
	readonly details?: NetworkPolicyDetails;
	readonly basis?: 'objects' | 'evidence';
	readonly stop?: StopReason;
}): HopEvaluation<'network-policy'> {
	const {status, summary, findings = [], details, basis = 'objects', stop} = parts;
	return {
		hop: {kind: 'network-policy', status, basis, summary, findings, ...(details ? {details} : {})},
		...(stop ? {stop} : {}),
	};
}
