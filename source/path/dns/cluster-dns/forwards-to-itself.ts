import {kubectl} from '../../../model/safe-text/command.ts';
import {refText} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {clusterDnsService} from '../../../rules/cluster-dns/cluster-dns-service.ts';
import type {DnsConfig, DnsServer} from '../../../rules/cluster-dns/corefile/config.ts';
import {fqdn, isWithin, plainName} from '../../../rules/cluster-dns/name.ts';
import {nodeCacheOf} from '../../../rules/cluster-dns/node-cache.ts';
import type {Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import {finding, type Finding} from '../../finding.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';
import {withoutPort} from '../../../rules/cluster-dns/answers/answer.ts';

/** KNET127: the Corefile forwards a name to the Service of the DNS pods themselves (coredns.io, plugin loop). A cache on the nodes may answer there. */
export function forwardsToItself(
	snapshot: Snapshot,
	name: string,
	{config, resolution}: {readonly config: DnsConfig; readonly resolution: Resolution},
): Finding | undefined {
	const service = clusterDnsService(snapshot);
	const outcomes = resolution.tries.at(-1)?.outcomes ?? [];
	const to = outcomes.flatMap(({outcome}) => outcome.forwardedTo ?? []).map(withoutPort);
	const isItself = to.length > 0 && to.every((each) => service?.clusterIPs.includes(each));
	if (!service || !isItself || resolution.end !== 'forwarded' || nodeCacheOf(snapshot)) {
		return undefined;
	}

	const {corefile} = config;
	return finding(clusterDnsFindings.nameDoesNotResolve, {
		message: `${plainName(name)} gets no answer: the cluster DNS forwards it to ${to[0] ?? ''}, its own Service.`,
		evidence: [
			{object: corefile ? refText(corefile) : 'Corefile', path: 'data.Corefile', value: to[0] ?? ''},
		],
		// Another plugin may answer before it forwards.
		undecided: config.servers.some((server) => mayAnswer(server, name)) || undefined,
		remedy: 'Forward to servers outside the cluster.',
		command: kubectl(
			{namespace: corefile?.namespace},
			'get',
			'configmap',
			corefile?.name ?? 'coredns',
			'-o',
			'yaml',
		),
	});
}

/** A plugin `template` with zones answers names in these alone. */
function mayAnswer({mayDiffer, templateZones}: DnsServer, name: string): boolean {
	const others = mayDiffer.filter((plugin) => plugin !== 'template' || !templateZones);
	const isTemplate = templateZones?.some((zone) => isWithin(zone, fqdn(name))) ?? false;
	return others.length > 0 || isTemplate;
}
