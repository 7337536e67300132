import type {Pod} from '../../../model/workloads/pod.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import {refOf} from '../../../model/ref.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import type {NameServer} from '../../../rules/cluster-dns/client/pod-name-servers.ts';
import {accessFinding} from '../../access.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import type {ClientDns} from '../client-dns.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

type CacheServer = Extract<NameServer, {type: 'cache'}>;

/** KNET131: the DNS cache on the client's own node. Pods of other nodes ask their own. */
export function nodeCacheFindings(snapshot: Snapshot, {pod: client, servers}: ClientDns): readonly Finding[] {
	const node = client?.nodeName;
	return node === undefined
		? []
		: servers
				.filter((server) => server.type === 'cache')
				.flatMap((server) => down(snapshot, server, {node, isOnly: servers.length === 1}) ?? []);
}

function down(
	snapshot: Snapshot,
	server: CacheServer,
	{node, isOnly}: {readonly node: string; readonly isOnly: boolean},
): Finding | undefined {
	const {pod} = server;
	const {namespace} = server.cache.daemonSet;
	if (pod === 'unknown') {
		const state = snapshot.state('Pod', namespace);
		return isKnown(state) ? undefined : accessFinding('Pod', namespace, state);
	}

	if (pod !== 'missing' && pod.ready) {
		return undefined;
	}

	// Resolvers go to the next server after five seconds (resolv.conf(5) timeout).
	const severity = isOnly ? undefined : 'warning';
	return pod === 'missing' ? noPod(server, node, severity) : notReady(server, {pod, node, severity});
}

function noPod({address, cache}: CacheServer, node: string, severity: 'warning' | undefined): Finding {
	const {namespace, name} = cache.daemonSet;
	return finding(clusterDnsFindings.nodeCacheDown, {
		severity,
		message: `Node ${node} has no pod of the DNS cache ${namespace}/${name}: nothing answers at ${address}.`,
		evidence: [objectField(refOf('DaemonSet', cache.daemonSet), 'spec.template', `-localip ${address}`)],
		remedy: `Let the DaemonSet run on the node: look at its nodeSelector, affinity and tolerations.`,
		command: kubectl({namespace}, 'describe', 'daemonset', name),
	});
}

type NotReady = {readonly pod: Pod; readonly node: string; readonly severity: 'warning' | undefined};

function notReady({address, cache}: CacheServer, {pod, node, severity}: NotReady): Finding {
	const {namespace} = cache.daemonSet;
	const waiting = pod.containers.find(({ready}) => !ready)?.state;
	const why = waiting?.reason ? ` (${waiting.reason})` : '';
	const hasRun = waiting?.lastFinishedAt !== undefined;
	return finding(clusterDnsFindings.nodeCacheDown, {
		severity,
		message: `The DNS cache ${namespace}/${pod.name} on node ${node} is not ready${why}: it does not answer at ${address}.`,
		evidence: [
			objectField(
				refOf('Pod', pod),
				'status.conditions[Ready].status',
				pod.conditions.find(({type}) => type === 'Ready')?.status ?? 'absent',
			),
		],
		remedy: hasRun ? 'Read why it ended in its log.' : 'Look at why the pod does not start.',
		command: hasRun
			? kubectl({namespace}, 'logs', pod.name, '--previous')
			: kubectl({namespace}, 'describe', 'pod', pod.name),
	});
}
