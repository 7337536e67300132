import {kubectl} from '../../../model/safe-text/command.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {DnsConfig} from '../../../rules/cluster-dns/corefile/config.ts';
import {fqdn, isWithin} from '../../../rules/cluster-dns/name.ts';
import {parseName} from '../../../rules/cluster-dns/parse-name.ts';
import type {Resolution} from '../../../rules/cluster-dns/client/resolve-as.ts';
import {objectField} from '../../finding.ts';
import {namesOf} from '../../words.ts';
import type {Advice} from './advice.ts';

/** A Service of a namespace that the Corefile does not show: its names are NXDOMAIN (plugin/kubernetes, namespaces). */
export function hiddenNamespace(
	snapshot: Snapshot,
	{tries}: Pick<Resolution, 'tries'>,
	{servers, domain, corefile}: DnsConfig,
): Advice | undefined {
	const zone = fqdn(domain);
	const shown = servers.flatMap(({kubernetes}) =>
		kubernetes?.zones.includes(zone) ? kubernetes.namespaces : [],
	);
	if (shown.length === 0 || !corefile) {
		return undefined;
	}

	const meant = tries
		.flatMap(({name}) => (isWithin(zone, name) ? (parseName(name.toLowerCase(), zone) ?? []) : []))
		.find(
			({type, namespace, service}) =>
				type === 'svc' && !shown.includes(namespace) && snapshot.get('Service', namespace, service),
		);
	return (
		meant && {
			cause: `the Corefile shows the namespaces ${namesOf(shown)} alone, and not ${meant.namespace}`,
			remedy: `Add ${meant.namespace} to the option namespaces of plugin kubernetes, or remove the option.`,
			command: kubectl({namespace: corefile.namespace ?? ''}, 'edit', 'configmap', corefile.name),
			evidence: [objectField(corefile, 'data.Corefile', `namespaces ${shown.join(' ')}`)],
			isOurs: true,
		}
	);
}
