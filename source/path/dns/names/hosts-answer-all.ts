import {objectField} from '../../finding.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import type {DnsConfig} from '../../../rules/cluster-dns/corefile/config.ts';
import {isWithin} from '../../../rules/cluster-dns/name.ts';
import type {Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import type {Advice} from './advice.ts';

/** Without fallthrough the plugin `hosts` takes all names from `kubernetes` and `forward` (coredns/coredns#3276). */
export function hostsAnswerAll(
	{servers, corefile}: DnsConfig,
	{tries}: Pick<Resolution, 'tries'>,
): Advice | undefined {
	const last = tries.at(-1);
	const isFailing = last?.outcomes.every(({outcome}) => outcome.kind === 'SERVFAIL') ?? false;
	const isTaken = servers.some(({hostsOnly}) => hostsOnly.some((zone) => isWithin(zone, last?.name ?? '')));
	if (!isFailing || !isTaken) {
		return undefined;
	}

	const {namespace, name = 'coredns'} = corefile ?? {};
	return {
		isOurs: true,
		cause: 'the plugin hosts of the Corefile answers all names, for it has no fallthrough',
		remedy: 'Add fallthrough to the hosts block of the Corefile.',
		command: kubectl({namespace}, 'get', 'configmap', name, '-o', 'yaml'),
		evidence: corefile ? [objectField(corefile, 'data.Corefile', 'hosts {')] : [],
	};
}
