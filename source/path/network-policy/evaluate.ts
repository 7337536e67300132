import type {Labels} from '../../model/meta.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Protocol} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import type {NetworkPolicyDetails} from '../details.ts';
import type {Finding} from '../finding.ts';
import {statusOf} from '../hop-status.ts';
import type {HopStatus} from '../hop.ts';
import {connectionsOf, type Connection, type PolicySource} from '../../rules/network-policy/connections.ts';
import {passesProxy} from '../../rules/mesh/passed-ports.ts';
import {anyPolicy} from '../../rules/network-policy/any-policy.ts';
import {senderLabels, withPods} from '../../rules/network-policy/source-pods.ts';
import {toOthers} from './combine.ts';
import {meshDenies} from './mesh-denies.ts';
import {networksApart} from './networks-apart.ts';
import {policyFindings} from './policy-findings.ts';
import {unreadKind, unreadMeshKind} from './unread-kinds.ts';
import {enforcerOf, type Enforcer} from '../../rules/network-policy/enforcer.ts';
import {isSidePort} from './side-port.ts';
import {strictMode} from './strict-mode.ts';
import {probed} from './probed.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import type {StopReason} from '../../rules/stop.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';
import {detailsOf, summaryOf} from './summary.ts';

export type NetworkPolicyInput = {
	readonly endpoints: readonly ResolvedEndpoint[];
	readonly protocol: Protocol;
	readonly from: PolicySource;
	/** Of the endpoints' pods. Absent: that of their pod objects. */
	readonly namespace?: string;
	/** Name of the Service that the client asks. Absent: it asks a pod. */
	readonly service?: string;
	/** As the Service calls the port. */
	readonly portName?: string;
	/** What their Service selects: labels that all of these pods have. */
	readonly labels?: Labels;
};

/** Whether NetworkPolicies admit the connection: a prediction, since the network plugin may not enforce them. */
export const networkPolicyEvaluator: HopEvaluator<'network-policy', NetworkPolicyInput> = {
	kind: 'network-policy',
	evaluate(hopContext, input) {
		const endpoints = receiving(input.endpoints);
		if (endpoints.length === 0) {
			return hopOf({status: 'skipped', summary: 'no endpoints to reach', isBehindBreak: true});
		}

		const hasPods = endpoints.some(({pod}) => pod !== undefined);
		const [receiver] = endpoints;
		const namespace = receiver?.podObject?.namespace ?? input.namespace;
		const asked = {namespace, service: input.service};
		const apart = hasPods ? networksApart(hopContext.snapshot, input.from, asked) : undefined;
		if (apart) {
			return hopOf({status: 'unknown', summary: 'networks not known', findings: [apart]});
		}

		const namespaces = namespacesOf(hopContext, input);
		const unread = unreadKind(hopContext.snapshot, namespaces);
		return unread
			? hopOf({status: 'unknown', summary: 'policies not known', findings: [unread]})
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

function resolveKnown(
	hopContext: HopContext,
	input: NetworkPolicyInput,
	namespaces: readonly string[],
): HopEvaluation<'network-policy'> {
	const {snapshot, detail} = hopContext;
	const {from, namespace, labels = {}} = input;
	const concerned = {destination: {namespace, labels}, sources: senderLabels(snapshot, from)};
	// The labels of pods decide: the overview reads them where a policy may select them.
	if (!anyPolicy(snapshot, namespaces, detail === 'overview' ? concerned : undefined)) {
		// The overview reads no pods here.
		const pods = input.endpoints.flatMap(({podObject}) => podObject ?? []);
		const proxied = proxiedPods(input.endpoints, ({podObject}) => podObject);
		const {finding, notChecked} = unreadMeshKind(snapshot, proxied);
		const denied =
			proxied.length > 0 ? meshDenies(snapshot, proxied, withPods(snapshot, from), portOf(input)) : undefined;
		const strict = strictFinding(hopContext, input, pods);
		const findings = [strict, finding, denied?.finding].filter((each) => each !== undefined);
		const summary = denied?.summary ?? 'no policy selects these pods';
		const status = statusOf(findings);
		return hopOf({status, summary, findings, notChecked, stop: stopOf(status, strict)});
	}

	const missing = input.endpoints.filter((endpoint) => endpoint.pod && !podOf(hopContext, input, endpoint));
	const unread =
		unreadClient(hopContext, from) ??
		namespaces
			.map((name) => (missing.length > 0 ? unreadPods(snapshot, name) : undefined))
			.find((found) => found !== undefined);
	return unread
		? hopOf({status: 'unknown', summary: 'pods not known', findings: [unread]})
		: judge(hopContext, input);
}

/** The overview knows of pods what their Service selects, which may be less than what policies select by. */
function strictFinding(
	{snapshot}: HopContext,
	{namespace, from}: NetworkPolicyInput,
	pods: readonly Pod[],
): Finding | undefined {
	const own = pods.filter(({hostNetwork}) => !hostNetwork);
	const known = pods.length > 0 ? own : namespace === undefined ? [] : [{namespace}];
	return strictMode(snapshot, enforcerOf(snapshot, snapshot.version), {pods: known, from});
}

function stopOf(status: HopStatus, strict: Finding | undefined): StopReason | undefined {
	return status === 'broken' && strict?.severity === 'error' ? 'dropped' : undefined;
}

/** The client is a pod that is not read: what policies say of it is not known. */
function unreadClient({snapshot, source}: HopContext, from: PolicySource): Finding | undefined {
	return source.kind === 'pod' && from.type === 'node' ? unreadPods(snapshot, source.namespace) : undefined;
}

function unreadPods(snapshot: Snapshot, namespace: string): Finding | undefined {
	const state = snapshot.state('Pod', namespace);
	return isKnown(state) ? undefined : accessFinding('Pod', namespace, state);
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

function podsOf(hopContext: HopContext, input: NetworkPolicyInput): readonly Pod[] {
	return input.endpoints.flatMap((endpoint) => podOf(hopContext, input, endpoint) ?? []);
}

/** A mesh has its say where its proxy takes the port. */
function proxiedPods(
	endpoints: readonly ResolvedEndpoint[],
	find: (endpoint: ResolvedEndpoint) => Pod | undefined,
): readonly Pod[] {
	return endpoints.flatMap((endpoint) => {
		const pod = find(endpoint);
		return pod && !passesProxy(pod, endpoint.port ?? 0) ? [pod] : [];
	});
}

/** The port of the pods that the request goes to, where it is one. */
function portOf({endpoints}: NetworkPolicyInput): number | undefined {
	const ports = new Set(endpoints.map(({port}) => port));
	return ports.size === 1 ? [...ports][0] : undefined;
}

function judge(hopContext: HopContext, input: NetworkPolicyInput): HopEvaluation<'network-policy'> {
	const {snapshot} = hopContext;
	const {protocol, endpoints} = input;
	const from = withPods(snapshot, input.from);
	const connections = connectionsOf(snapshot, from, {
		endpoints,
		protocol,
		podOf: (endpoint) => podOf(hopContext, input, endpoint),
	});
	const seen = probed(snapshot, from, toOthers(connections));
	const enforcer = enforcerOf(snapshot, snapshot.version);
	const pods = podsOf(hopContext, input);
	const proxied = proxiedPods(endpoints, (endpoint) => podOf(hopContext, input, endpoint));
	const mesh = unreadMeshKind(snapshot, proxied);
	const port = portOf(input);
	const denied = meshDenies(snapshot, proxied, from, port);
	const isSide = isSidePort(snapshot, pods, {from, portName: input.portName, port});
	const findings = [
		strictFinding(hopContext, input, pods),
		denied?.finding,
		...policyFindings({connections, from, protocol, seen, enforcer, isSide}),
		mesh.finding,
	].filter((each) => each !== undefined);
	const status = statusOf(findings);
	return hopOf({
		status,
		notChecked: mesh.notChecked,
		summary: summaryOf(connections, from, {seen, enforcer, denied, isItself: isItself(from, pods)}),
		findings,
		details: detailsOf(connections),
		basis: seen === 'nothing' ? 'objects' : 'evidence',
		// ztunnel has the client's connection, and cuts it after ten seconds (istio/istio#52742).
		stop: status === 'broken' && !denied && !connections.some(isTunnelled) ? deniedStop(enforcer) : undefined,
	});
}

function deniedStop({rejects}: Enforcer): StopReason {
	return rejects ? 'refused' : 'dropped';
}

function isTunnelled({port, endpoint}: Connection): boolean {
	return port !== endpoint.port;
}

function isItself(from: PolicySource, pods: readonly Pod[]): boolean {
	return (
		from.type === 'pod' &&
		pods.length > 0 &&
		pods.every(({namespace, name}) => namespace === from.pod.namespace && name === from.pod.name)
	);
}

function hopOf(parts: {
	readonly status: HopStatus;
	readonly summary: string;
	readonly isBehindBreak?: true;
	readonly findings?: readonly Finding[];
	readonly details?: NetworkPolicyDetails;
	readonly basis?: 'objects' | 'evidence';
	readonly notChecked?: readonly string[];
	readonly stop?: StopReason;
}): HopEvaluation<'network-policy'> {
	const {stop, findings = [], basis = 'objects', ...hop} = parts;
	return {hop: {kind: 'network-policy', basis, findings, ...hop}, stop};
}
