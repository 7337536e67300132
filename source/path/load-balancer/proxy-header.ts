import {kubectl} from '../../model/command.ts';
import {refText} from '../../model/ref.ts';
import {proxyProtocolOf} from '../../rules/load-balancers/proxy-protocol.ts';
import {finding, objectField} from '../finding.ts';
import {loadBalancerFindings} from './catalogue.ts';
import {serviceRef, type Exposed} from './context.ts';
import type {Fault} from './fault.ts';
import type {Probe} from './reachability.ts';

/** 218: nginx takes the header for a request line (nginx, ngx_http_core_module: listen proxy_protocol). */
export function proxyHeaderFaults(
	{service, hopContext}: Exposed,
	probes: readonly Probe[],
): readonly Fault[] {
	const {sentBy, isExpected, configMap} = proxyProtocolOf(hopContext.snapshot, service) ?? {};
	const isAnswered = probes.some(({proves}) => proves === 'reached');
	// Without the flag it is no nginx that knet knows, and may be told of the header in another way.
	if (service.type !== 'LoadBalancer' || !sentBy || !configMap || isExpected || isAnswered) {
		return [];
	}

	const isRead = isExpected === false;
	const said =
		hopContext.snapshot.get('ConfigMap', configMap.namespace ?? '', configMap.name)?.data[
			'use-proxy-protocol'
		] ?? 'absent';
	return [
		{
			finding: finding(loadBalancerFindings.proxyProtocolNotExpected, {
				undecided: isRead ? undefined : true,
				message: isRead
					? `The load balancer sends a PROXY header, and ${refText(configMap)} does not let nginx expect it.`
					: `The load balancer sends a PROXY header; whether nginx expects it stands in ${refText(configMap)}, which is not read.`,
				evidence: [
					{
						object: serviceRef(service),
						path: `metadata.annotations[${sentBy}]`,
						value: service.annotations[sentBy] ?? '',
					},
					...(isRead ? [objectField(configMap, 'data.use-proxy-protocol', said)] : []),
				],
				remedy: isRead
					? 'Set use-proxy-protocol: "true" in the ConfigMap, or take the annotation away.'
					: 'Compare use-proxy-protocol in the ConfigMap, or probe the address from outside.',
				command: kubectl(configMap, 'get', 'configmap', configMap.name, '-o', 'yaml'),
			}),
			stop: 'nobody',
		},
	];
}
