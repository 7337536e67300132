import type {Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';
import {membershipOf} from '../../rules/mesh/membership.ts';
import {registryOf} from '../../rules/controllers/istio/registry.ts';
import {saidTls, type PolicyTls} from '../../rules/istio/destinations.ts';
import {leavesPastProxy, passesProxy} from '../../rules/mesh/passed-ports.ts';
import {knowledgeOf} from '../../rules/mesh/sidecar-scope.ts';
import {mtlsOf} from '../../rules/mesh/mtls-mode.ts';
import type {PolicySource} from '../../rules/network-policy/connections.ts';
import {withPods} from '../../rules/network-policy/source-pods.ts';
import {accessFinding} from '../access.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {Finding} from '../finding.ts';
import {mtlsToPlain, type Mtls, type Target} from './rule-mtls.ts';
import {refused, type Strict, type Served, bySidecar} from './mtls-findings.ts';

type MeshInput = {
	readonly from: PolicySource;
	readonly endpoints: readonly ResolvedEndpoint[];
	/** Of the endpoints' pods. */
	readonly namespace: string;
	readonly served?: Served;
	/** It sends to the addresses of pods, and not to that of the Service. */
	readonly picksPods: boolean;
	/** The client speaks TLS of its own: the proxy answers it, and then misses the client's certificate. */
	readonly isTls?: boolean;
};

const nothing: Mtls = {findings: []};

/** KNET714 and KNET715: STRICT mutual TLS against a client outside the mesh (istio.io, PeerAuthentication). */
export function mtlsOfPods(hopContext: HopContext, input: MeshInput): Mtls {
	const {snapshot} = hopContext;
	const served = servedPods(hopContext, input);
	const from = withPods(snapshot, input.from);
	const rule = ruleOfClient(snapshot, from, input);
	if (rule?.mode === 'ISTIO_MUTUAL') {
		const {findings, stop} = mtlsToPlain(snapshot, rule, served);
		return {findings, stop: stop && from.type === 'pod' ? bySidecar : stop};
	}

	const meshed = served.filter(({pod, port}) => isBehindProxy(snapshot, pod, port));
	return meshed.length === 0 ? nothing : toMeshed(snapshot, {input, from, rule, served, meshed});
}

type ToMeshed = {
	readonly input: MeshInput;
	readonly from: PolicySource;
	readonly rule: PolicyTls | undefined;
	readonly served: readonly Target[];
	/** Those of the served pods that have a proxy. */
	readonly meshed: readonly Target[];
};

function toMeshed(snapshot: Snapshot, {input, from, rule, served, meshed}: ToMeshed): Mtls {
	const client = clientOf(snapshot, from);
	const plain = rule?.mode === 'DISABLE' ? rule : undefined;
	if (
		client === 'inside' ||
		client === undefined ||
		(client === 'sidecar' && !plain && !isPlain(snapshot, from, input))
	) {
		return nothing;
	}

	const strict = strictOf(snapshot, meshed);
	if ('access' in strict) {
		return {findings: strict.access ? [strict.access] : []};
	}

	const isAll = strict.pods.length === served.length;
	return strict.pods.length === 0
		? nothing
		: refused(snapshot, {
				from,
				client,
				strict: strict.pods,
				isAll,
				served: input.served,
				plain,
				isTls: input.isTls ?? false,
			});
}

/** Ready pods and the ports that requests go to. The overview reads pods only where somebody asks for mutual TLS. */
function servedPods({snapshot, detail}: HopContext, {endpoints, namespace}: MeshInput): readonly Target[] {
	const kinds = ['PeerAuthentication', 'DestinationRule'] as const;
	if (detail === 'overview' && kinds.every((kind) => snapshot.list(kind).length === 0)) {
		return [];
	}

	return endpoints.flatMap(({podObject, pod: name, port, ready}) => {
		const pod = podObject ?? (name === undefined ? undefined : snapshot.get('Pod', namespace, name));
		return ready && pod && port !== undefined ? [{pod, port}] : [];
	});
}

/** Those that take mutual TLS only; or why that is not known. */
function strictOf(
	snapshot: Snapshot,
	targets: readonly Target[],
): {readonly pods: readonly Strict[]} | {readonly access: Finding | undefined} {
	const modes = targets.map(({pod, port}) => ({pod, port, mtls: mtlsOf(snapshot, pod, port)}));
	const unread = modes.flatMap(({mtls}) => ('unknown' in mtls ? [mtls] : []))[0];
	if (unread) {
		return {access: accessFinding('PeerAuthentication', unread.namespace, unread.unknown)};
	}

	return {
		pods: modes.flatMap(({pod, port, mtls}) =>
			'mode' in mtls && mtls.mode === 'STRICT' && mtls.by
				? [{pod, port, by: mtls.by, path: mtls.path ?? ''}]
				: [],
		),
	};
}

/** Whose proxy takes what arrives: a gateway is asked itself. Ports may be left to the application. */
function isBehindProxy(snapshot: Snapshot, pod: Pod, port: number): boolean {
	const membership = passesProxy(pod, port) ? undefined : membershipOf(snapshot, pod);
	return membership === 'sidecar' || membership === 'ambient';
}

/** `sidecar`: the mesh knows Services; what is sent to the address of a pod goes out as it is. */
function clientOf(snapshot: Snapshot, from: PolicySource): 'inside' | 'sidecar' | 'outside' | undefined {
	switch (from.type) {
		case 'external':
			return 'outside';
		// Any client may be meant.
		case 'node':
			return from.name === undefined ? undefined : 'outside';
		case 'pod': {
			const membership = membershipOf(snapshot, from.pod);
			return membership === 'sidecar' ? 'sidecar' : membership ? 'inside' : 'outside';
		}

		case 'controller': {
			const [pod] = from.pods;
			const membership = pod && membershipOf(snapshot, pod);
			return from.sender || (pod && !membership)
				? 'outside'
				: membership === 'sidecar'
					? 'sidecar'
					: pod && 'inside';
		}
	}
}

/** What a DestinationRule makes the sidecar of a client speak to the Service. */
function ruleOfClient(
	snapshot: Snapshot,
	from: PolicySource,
	{served, picksPods}: MeshInput,
): PolicyTls | undefined {
	return from.type === 'pod' &&
		served &&
		!picksPods &&
		membershipOf(snapshot, from.pod) === 'sidecar' &&
		!isPlain(snapshot, from, {served, picksPods})
		? saidTls(served.service, served.port.port, registryOf(snapshot, from.pod))
		: undefined;
}

/** What a sidecar does not know, or does not take in, goes out as it is. */
function isPlain(
	snapshot: Snapshot,
	from: PolicySource,
	{served, picksPods}: Pick<MeshInput, 'served' | 'picksPods'>,
): boolean {
	if (picksPods || from.type !== 'pod') {
		return picksPods;
	}

	const {port} = served?.port ?? {};
	return (
		served !== undefined &&
		(leavesPastProxy(from.pod, {ip: served.service.clusterIPs[0], port}) ||
			knowledgeOf(snapshot, from.pod, served.service, port) !== 'known')
	);
}
