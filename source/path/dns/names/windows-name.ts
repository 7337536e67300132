import {kubectl} from '../../../model/safe-text/command.ts';
import {plainName} from '../../../rules/cluster-dns/name.ts';
import type {DnsConfig} from '../../../rules/cluster-dns/corefile/config.ts';
import {resolveAs, type Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import type {ClientDns} from '../client-dns.ts';
import type {Advice} from './advice.ts';
import type {NameQuery} from './name-query.ts';

type Prediction = {
	readonly config: DnsConfig;
	readonly client: ClientDns;
	readonly resolution: Resolution;
};

/** Windows takes a name with a dot as complete, and asks for it as it stands (kubernetes.io, DNS resolution on Windows nodes). */
export function windowsName(
	{snapshot, name, types}: NameQuery,
	{config, client, resolution}: Prediction,
): Advice | undefined {
	if (client.resolver !== 'windows' || resolution.end === 'answered' || !name.includes('.')) {
		return undefined;
	}

	const {resolved} = resolveAs(snapshot, config, {name, types, resolvConf: client.resolvConf});
	return resolved === undefined
		? undefined
		: {
				cause: 'Windows takes a name with a dot as complete',
				remedy: `Use ${plainName(resolved)}.`,
				command: kubectl({}, 'get', 'services', '-A'),
				isOurs: true,
			};
}
