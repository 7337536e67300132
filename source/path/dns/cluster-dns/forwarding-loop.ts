import {kubectl} from '../../../model/safe-text/command.ts';
import {refOf} from '../../../model/ref.ts';
import type {Pod} from '../../../model/workloads/pod.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {clusterDnsServices} from '../../../rules/cluster-dns/cluster-dns-service.ts';
import {dnsConfigOf} from '../../../rules/cluster-dns/corefile/dns-config-of.ts';
import {objectField, type Finding} from '../../finding.ts';

type Loop = Pick<Finding, 'remedy' | 'command' | 'evidence'>;

/** The plugin asks itself a random name right after the start, and exits when that comes back (coredns plugin/loop). Milliseconds. */
const soon = 10_000;

/**
CoreDNS that forwards to itself: the resolv.conf of its node names a stub such as 127.0.0.53, which is the pod's own loopback, or the
Corefile names the Service of the cluster DNS. Told by the exit shortly after the start, the plugin `loop`, and where the Corefile
forwards to. Only the log proves it.
*/
export function forwardingLoop(snapshot: Snapshot, pods: readonly Pod[]): Loop | undefined {
	const own = clusterDnsServices(snapshot).flatMap(({clusterIPs}) => clusterIPs);
	const servers = dnsConfigOf(snapshot).servers.filter(
		({loop, forwards}) =>
			loop && forwards.some(({to}) => to.some((each) => isStub(each) || own.includes(each))),
	);
	const [pod] = servers.length > 0 ? pods.filter(exitsSoon) : [];
	return (
		pod && {
			remedy:
				'Read the log: if it says "Loop … detected", forward to the real resolvers in place of CoreDNS itself.',
			command: kubectl(pod, 'logs', pod.name, '--previous'),
			evidence: [
				objectField(refOf('Pod', pod), 'status.containerStatuses[].lastState.terminated.exitCode', '1'),
				...servers.slice(0, 1).map(({forwards}) => ({
					object: 'Corefile',
					path: 'loop, forward',
					value: forwards.flatMap(({to}) => to).join(' '),
				})),
			],
		}
	);
}

function isStub(to: string): boolean {
	return to === '/etc/resolv.conf' || /^(?:dns:\/\/)?(?:127\.|\[?::1\b)/u.test(to);
}

function exitsSoon({containers}: Pod): boolean {
	return containers.some(({ready, state: {lastExitCode, lastStartedAt, lastFinishedAt}}) => {
		const lasted =
			lastStartedAt !== undefined && lastFinishedAt !== undefined && lastFinishedAt - lastStartedAt;
		return !ready && lastExitCode === 1 && lasted !== false && lasted <= soon;
	});
}
