import type {Pod} from '../../model/pod.ts';
import type {Protocol} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Decision} from './decide.ts';
import {evaluateConnection, type Side} from './evaluate-connection.ts';
import type {ResolvedEndpoint} from '../endpoint-slices/endpoint.ts';

/** Whose connections are judged. */
export type PolicySource =
	| {readonly type: 'pod'; readonly pod: Pod}
	| {readonly type: 'controller'; readonly pods: readonly Pod[]; readonly name: string}
	| {readonly type: 'external'; readonly ip?: string}
	| {readonly type: 'node'; readonly name?: string};

/** One connection from the source to an endpoint, and what the policies say of it. */
export type Connection = {
	readonly endpoint: ResolvedEndpoint;
	readonly from?: Pod;
	readonly ingress: Decision;
	readonly egress: Decision;
};

/** Replicas of a controller carry the same labels: a few stand for all. */
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
	return sidesOf(source).flatMap((from) =>
		endpoints.flatMap((endpoint) => {
			const {port, address} = endpoint;
			const to = {pod: podOf(endpoint), ip: address};
			return port === undefined
				? []
				: [{endpoint, from: from.pod, ...evaluateConnection({snapshot, from, to, protocol, port})}];
		}),
	);
}

function sidesOf(source: PolicySource): readonly Side[] {
	switch (source.type) {
		case 'pod':
			return [{pod: source.pod}];
		case 'controller': {
			const ready = source.pods.filter((pod) => pod.ready);
			const pods = (ready.length > 0 ? ready : source.pods).slice(0, maxSources);
			// Pods that nobody may see, or a controller of the cloud's: only a policy that admits nobody shuts it out for sure.
			return pods.length > 0 ? pods.map((pod) => ({pod})) : [{anybody: true}];
		}

		// The pod may see a node's address in place of the client's: kube-proxy masquerades with policy Cluster.
		case 'external':
			return [{}];
		// A node reaches its own pods whatever the policies say, and plugins differ in what they do with other nodes.
		case 'node':
			return [{anybody: true}];
	}
}
