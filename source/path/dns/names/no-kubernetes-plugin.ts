import {kubectl} from '../../../model/safe-text/command.ts';
import {servesCluster, type DnsConfig} from '../../../rules/cluster-dns/corefile/config.ts';
import type {Advice} from './advice.ts';

/** Without the plugin `kubernetes` CoreDNS has no name of a Service (coredns plugin/kubernetes); a server that it forwards to may. */
export function noKubernetesPlugin(config: DnsConfig): Advice | undefined {
	const {corefile} = config;
	return servesCluster(config) || !corefile
		? undefined
		: {
				isOurs: true,
				cause: 'the Corefile has no plugin kubernetes',
				remedy: 'Add the plugin kubernetes with the zone of the cluster to the Corefile.',
				command: kubectl(corefile, 'get', 'configmap', corefile.name, '-o', 'yaml'),
			};
}
