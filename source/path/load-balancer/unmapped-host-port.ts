import {kubectl} from '../../model/safe-text/command.ts';
import {refOf} from '../../model/ref.ts';
import {withoutHostPorts} from '../../rules/load-balancers/host-ports.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {LoadBalancerInput} from './context.ts';
import {isPending} from './pending.ts';
import {isReached, type Probe} from './reachability.ts';

/** 223: a host port is the only way in, and Cilium is not set up to map host ports. */
export function unmappedHostPort(
	{snapshot}: HopContext,
	{door, service, clientPort}: LoadBalancerInput,
	probes: readonly Probe[],
): readonly Finding[] {
	const isOnlyWay = door?.isMapped && (!service || isPending(service)) && !isReached(probes);
	const config = isOnlyWay ? withoutHostPorts(snapshot) : undefined;
	return config
		? [
				finding(loadBalancerFindings.hostPortNotMapped, {
					message: `Cilium is not set up to map host ports: whether port ${clientPort} of the nodes leads to the pods is not known.`,
					evidence: [
						objectField(
							refOf('ConfigMap', config),
							'data[kube-proxy-replacement]',
							config.data['kube-proxy-replacement'] ?? '',
						),
					],
					remedy:
						'Set cni-chaining-mode: portmap or enable-host-port in cilium-config, unless the CNI configuration of the nodes chains portmap.',
					command: kubectl(config, 'get', 'configmap', config.name, '-o', 'yaml'),
				}),
			]
		: [];
}
