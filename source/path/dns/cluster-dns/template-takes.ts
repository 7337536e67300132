import {kubectl} from '../../../model/safe-text/command.ts';
import {serverFor} from '../../../rules/cluster-dns/answers/answer.ts';
import type {DnsConfig} from '../../../rules/cluster-dns/corefile/config.ts';
import {fqdn, isWithin, plainName} from '../../../rules/cluster-dns/name.ts';
import {objectField, finding, type Finding} from '../../finding.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

/** KNET136: CoreDNS asks `template` before `kubernetes`, in whatever order they are written (coredns plugin.cfg). */
export function templateTakes(
	{servers, domain, corefile}: DnsConfig,
	resolved: string | undefined,
): readonly Finding[] {
	const name = resolved === undefined ? undefined : fqdn(resolved);
	const zone =
		name !== undefined && isWithin(fqdn(domain), name)
			? serverFor(servers, name)?.takenByTemplate?.find((each) => isWithin(each, name))
			: undefined;
	return name === undefined || zone === undefined || !corefile
		? []
		: [
				finding(clusterDnsFindings.templateTakes, {
					undecided: true,
					message: `A template of the Corefile answers ${plainName(name)} before the plugin kubernetes is asked.`,
					evidence: [objectField(corefile, 'data.Corefile', 'template')],
					remedy: 'Give the template a zone without Services, a match, or fallthrough.',
					command: kubectl(corefile, 'get', 'configmap', corefile.name, '-o', 'yaml'),
				}),
			];
}
