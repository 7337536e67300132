import type {Node} from '../../model/workloads/node.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Protocol} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Decision} from './decide.ts';
import {enforcerOf} from './enforcer.ts';
import {isTunnelled, tunnelPort} from '../mesh/membership.ts';
import {evaluateConnection, isSamePod, type Side} from './evaluate-connection.ts';
import type {Sender} from '../controllers/record/record.ts';
import type {ResolvedEndpoint} from '../endpoint-slices/endpoint.ts';

/** Whose connections are judged. */
export type PolicySource =
	| {readonly type: 'pod'; readonly pod: Pod}
	| {
			readonly type: 'controller';
			/** Empty: not looked at, or none. */
			readonly pods: readonly Pod[];
			readonly workload?: ObjectRef;
			readonly name: string;
			/** Where it sends not as its pods. */
			readonly sender?: Sender;
	  }
	| {
			readonly type: 'external';
			readonly ip?: string;
			/** Nodes replace the client's address by their own when they hand the packet on (externalTrafficPolicy Cluster). */
			readonly isMasqueraded?: boolean;
	  }
	| {readonly type: 'node'; readonly name?: string};

/** One connection from the source to an endpoint, and what the policies say of it. */
export type Connection = {
	readonly endpoint: ResolvedEndpoint;
	readonly from?: Pod;
	/** The node by which it came in, where the decision depends on that. */
	readonly entry?: string;
	/** As the packet has it: that of the endpoint, or of ztunnel's tunnel. */
	readonly port: number;
	/** The pod asks itself, which no policy forbids. */
	readonly isToItself: boolean;
	readonly ingress: Decision;
	readonly egress: Decision;
};

/** Replicas of a controller carry the same labels, and nodes send alike: a few stand for all. */
const maxSources = 3;

/** Judges each pair of source and endpoint. Endpoints without a port get no traffic and are left out. */
export function connectionsOf(
	snapshot: Snapshot,
	source: PolicySource,
	{
		endpoints,
		protocol,
		podOf,
	}: {
		readonly endpoints: readonly ResolvedEndpoint[];
		readonly protocol: Protocol;
		readonly podOf: (endpoint: ResolvedEndpoint) => Pod | undefined;
	},
): readonly Connection[] {
	return endpoints.flatMap((endpoint) => {
		const {port, address} = endpoint;
		const to = {pod: podOf(endpoint), ip: address};
		return port === undefined
			? []
			: sidesOf(snapshot, source, endpoint).map(({entry, ...from}) => {
					const seen = protocol === 'TCP' && isTunnelled(snapshot, from.pod, to.pod) ? tunnelPort : port;
					const decided = evaluateConnection({snapshot, from, to, protocol, port: seen});
					const isToItself = isSamePod(from.pod, to.pod);
					return {endpoint, from: from.pod, entry, port: seen, isToItself, ...decided};
				});
	});
}

type Entering = Side & {readonly entry?: string};

function sidesOf(snapshot: Snapshot, source: PolicySource, endpoint: ResolvedEndpoint): readonly Entering[] {
	switch (source.type) {
		case 'pod':
			return [{pod: source.pod}];
		case 'controller':
			return controllerSides(source);
		case 'external':
			return externalSides(snapshot, source, endpoint);
		case 'node': {
			const node = source.name === undefined ? undefined : snapshot.get('Node', '', source.name);
			// Whichever node is meant, it reaches its own pods.
			return [node ? {node} : {anybody: true}];
		}
	}
}

function controllerSides({
	pods,
	sender,
}: Extract<PolicySource, {readonly type: 'controller'}>): readonly Entering[] {
	if (sender) {
		return [sender.identity === 'outside' ? {outside: sender.addresses} : {isCiliumIngress: true}];
	}

	const ready = pods.filter((pod) => pod.ready);
	const some = (ready.length > 0 ? ready : pods).slice(0, maxSources);
	// Pods that nobody may see: only a policy that admits nobody shuts them out for sure.
	return some.length > 0 ? some.map((pod) => ({pod})) : [{anybody: true}];
}

/**
Calico's rules see a packet before it is masqueraded: the client's address on the node that it came in by, that node's
address on others (kube-router#1199). Of other plugins it is not known what they see.
*/
function externalSides(
	snapshot: Snapshot,
	{ip, isMasqueraded}: Extract<PolicySource, {readonly type: 'external'}>,
	{node: own}: ResolvedEndpoint,
): readonly Entering[] {
	if (ip === undefined || !isMasqueraded) {
		return [{outside: ip === undefined ? [] : [ip]}];
	}

	const {plugin} = enforcerOf(snapshot, snapshot.version);
	const nodes = snapshot.list('Node').filter(({ready}) => ready);
	if (plugin !== 'Calico' || !nodes.some(({name}) => name === own)) {
		return [{outside: []}];
	}

	const others = nodes.filter(({name}) => name !== own).slice(0, maxSources);
	return [{outside: [ip], entry: own}, ...others.map((node: Node) => ({node, entry: node.name}))];
}
