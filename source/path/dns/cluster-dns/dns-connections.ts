import type {Pod} from '../../../model/workloads/pod.ts';
import type {Protocol, Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {NameServer} from '../../../rules/cluster-dns/client/pod-name-servers.ts';
import type {Decision} from '../../../rules/network-policy/decide.ts';
import {evaluateConnection, type Side} from '../../../rules/network-policy/evaluate-connection.ts';
import {combine, type Combined} from '../../network-policy/combine.ts';

/** A name server as the network sees it: what the packets go to once kube-proxy has chosen a pod. */
type Destination = {readonly server: NameServer; readonly to: Side; readonly port: number};

/** What the policies say of the look-ups of one client over one protocol. */
export type Judged = Combined & {
	readonly destination: Destination;
	readonly protocol: Protocol;
	readonly nearMiss?: Decision['nearMiss'];
	readonly excepted?: Decision['excepted'];
};

type Question = {
	readonly pod: Pod;
	readonly servers: readonly NameServer[];
	/** `egress` of the client, or `ingress` of the DNS pods. */
	readonly direction: 'ingress' | 'egress';
};

/** The worse of both protocols, where one is not admitted whole, and whether it takes all look-ups. */
export function worstLookUp(
	snapshot: Snapshot,
	question: Question,
): {readonly worst: Judged; readonly isWhole: boolean} | undefined {
	const [udp, tcp] = (['UDP', 'TCP'] as const).map((protocol) => judged(snapshot, question, protocol));
	const worst = [udp, tcp].find((each) => each !== undefined && each.verdict !== 'allowed');
	return worst && worst.verdict !== 'partly' ? {worst, isWhole: worst === udp} : undefined;
}

/** For all servers together: a resolver asks the next when one does not answer. */
function judged(
	snapshot: Snapshot,
	{pod, servers, direction}: Question,
	protocol: Protocol,
): Judged | undefined {
	const all = servers.flatMap((server) => destinationsOf(snapshot, server, protocol));
	const decisions = all.map(
		({to, port}) => evaluateConnection({snapshot, from: {pod}, to, protocol, port})[direction],
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
