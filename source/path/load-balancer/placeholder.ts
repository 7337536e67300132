import {refOf} from '../../model/ref.ts';
import {isTakenOver} from '../../rules/kube-proxy/taken-over.ts';
import {isPlaceholderAnnounced} from '../../rules/load-balancers/placeholder-announced.ts';
import {showSlices} from '../endpoints/service-evidence.ts';
import {nodeFields} from '../endpoints/slice-fields.ts';
import {objectField, finding} from '../finding.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Exposed} from './context.ts';
import type {Fault} from './fault.ts';

/** Envoy of Cilium answers on every node, whichever has endpoints. */
export function isAnsweredByEnvoy({hopContext, service}: Pick<Exposed, 'hopContext' | 'service'>): boolean {
	return isTakenOver(service, hopContext.snapshot.slicesOf(service.namespace, service.name));
}

/** 205: under policy Local, whoever looks for a node with an endpoint finds the placeholder of Cilium, which is on none. */
export function placeholderFaults(exposed: Exposed): readonly Fault[] {
	const {service, hopContext} = exposed;
	if (service.externalTrafficPolicy !== 'Local' || !isAnsweredByEnvoy(exposed)) {
		return [];
	}

	const isAnnounced = isPlaceholderAnnounced(hopContext.snapshot, service);
	if (isAnnounced) {
		return [];
	}

	const isKnown = isAnnounced === false;
	const effect = isKnown ? 'Cilium 1.20.2 announces it from none' : 'whether any announces it is not known';
	return [
		{
			stop: isKnown ? 'dropped' : undefined,
			finding: finding(loadBalancerFindings.noNodeHasLocalEndpoint, {
				undecided: isKnown ? undefined : true,
				message: `Policy Local, and the placeholder endpoint of ${service.name} is on no node: ${effect}.`,
				evidence: [
					objectField(refOf('Service', service), 'spec.externalTrafficPolicy', 'Local'),
					...nodeFields(hopContext.snapshot, service),
				],
				remedy:
					'Set externalTrafficPolicy: Cluster in the CiliumGatewayClassConfig, or in the values of the chart.',
				command: showSlices(service),
			}),
		},
	];
}
