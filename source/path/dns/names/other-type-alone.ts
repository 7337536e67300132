import {kubectl} from '../../../model/safe-text/command.ts';
import {answer} from '../../../rules/cluster-dns/answers/answer.ts';
import type {DnsConfig} from '../../../rules/cluster-dns/corefile/config.ts';
import type {Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import {parseName} from '../../../rules/cluster-dns/parse-name.ts';
import {fqdn, plainName} from '../../../rules/cluster-dns/name.ts';
import type {Advice} from './advice.ts';
import type {NameQuery} from './name-query.ts';

/**
The name exists, and has addresses of the other family alone: DNS answers NOERROR without records (RFC 2308, 2.2). A Service
has a record for each family of its cluster IPs (kubernetes/dns, specification 2.3.1).
*/
export function otherTypeAlone(
	{snapshot, types = []}: NameQuery,
	{config, resolution: {tries}}: {readonly config: DnsConfig; readonly resolution: Resolution},
): Advice | undefined {
	const [type] = types;
	const other = types.length !== 1 ? undefined : type === 'AAAA' ? 'A' : type === 'A' ? 'AAAA' : undefined;
	const found =
		other &&
		tries.find(
			({name, outcomes}) =>
				outcomes.some(({outcome}) => outcome.kind === 'NODATA') &&
				answer(snapshot, config, {question: {name, type: other}}).kind === 'ANSWER',
		);
	if (!found) {
		return undefined;
	}

	const {namespace = '', service = ''} = parseName(found.name.toLowerCase(), fqdn(config.domain)) ?? {};
	return {
		cause: `${plainName(found.name)} exists with ${other} records alone (NOERROR, no ${type})`,
		remedy: `Ask for ${other}, or give the Service this IP family too (spec.ipFamilies).`,
		command: kubectl({namespace}, 'get', 'service', service, '-o', 'jsonpath={.spec.ipFamilies}'),
		isOurs: true,
	};
}
