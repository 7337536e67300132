import {command} from '../../../model/safe-text/command.ts';
import type {Service} from '../../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import {refOf, refText} from '../../../model/ref.ts';
import {finding} from '../../finding.ts';
import {arePlanned} from '../../planned.ts';
import type {HopEvaluation} from '../../hop-evaluator.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

type Asked = {readonly host: string; readonly title: string; readonly service?: Service};

/** KNET130: a client outside asks for a name that only the cluster's DNS knows. */
export function clusterNameOutside(snapshot: Snapshot, {host, title, service}: Asked): HopEvaluation<'dns'> {
	const client =
		service && snapshot.list('Pod', service.namespace).find((pod) => pod.ready && !arePlanned([pod]));
	const from = client ? `pod/${client.namespace}/${client.name}` : 'pod/NAME';
	const what = service ? ` of Service ${service.namespace}/${service.name}` : '';
	return {
		hop: {
			kind: 'dns',
			status: 'unknown',
			basis: 'objects',
			subject: service && refOf('Service', service),
			summary: `${host}: pods alone resolve it`,
			findings: [
				finding(clusterDnsFindings.clusterNameOutside, {
					message: `${host} is a name${what} inside the cluster: only pods are known to resolve it.`,
					evidence: [
						{
							object: service ? refText(refOf('Service', service)) : 'cluster DNS',
							path: 'metadata.name',
							value:
								service?.name ??
								(isKnown(snapshot.state('Service')) ? 'no Service of that name' : 'not known'),
						},
					],
					remedy: 'Ask from a pod.',
					command: command('knet', 'trace', title, '--from', from),
				}),
			],
		},
	};
}
