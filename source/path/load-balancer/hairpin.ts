import {refOf} from '../../model/ref.ts';
import {nlbTargetNodes} from '../../rules/load-balancers/nlb-hairpin.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {objectField, finding} from '../finding.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Fault} from './fault.ts';

/** KNET217: the client is on a node that the load balancer sends to. */
export function hairpinFaults({service, clientNode, nodes, hopContext}: Exposed): readonly Fault[] {
	const targets =
		clientNode === undefined ? undefined : nlbTargetNodes(hopContext.snapshot, service, nodes?.healthy);
	if (!targets || clientNode === undefined || !targets.includes(clientNode)) {
		return [];
	}

	const isOnly = targets.length === 1;
	return [
		{
			finding: finding(loadBalancerFindings.sentBackToClientNode, {
				severity: isOnly ? 'error' : 'warning',
				message: `The load balancer of ${service.name} sends ${isOnly ? 'all' : `1 in ${targets.length}`} connections back to the client's own node ${clientNode}: they time out.`,
				evidence: [
					objectField(
						refOf('Service', service),
						'status.loadBalancer.ingress[].hostname',
						service.loadBalancer.flatMap(({hostname}) => hostname ?? []).join(', '),
					),
				],
				remedy: `Use the name of the Service inside (${service.name}.${service.namespace}.svc), IP targets, or preserve_client_ip.enabled=false.`,
				command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
			}),
			stop: 'dropped',
		},
	];
}
