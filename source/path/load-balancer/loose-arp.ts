import {refOf} from '../../model/ref.ts';
import {metalLbOf} from '../../rules/load-balancers/metallb.ts';
import {namesList} from '../../rules/names-list.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** KNET216: under Local, a node that answers ARP without an endpoint drops what comes (MetalLB, Preparation). */
export function looseArpFindings(exposed: Exposed): readonly Finding[] {
	const {service, nodes, allAnswerArp, hopContext} = exposed;
	const without = nodes && nodes.healthy.length > 0 ? nodes.unhealthy : [];
	if (!allAnswerArp || without.length === 0 || !metalLbOf(hopContext.snapshot, service)?.isLayer2) {
		return [];
	}

	return [
		finding(loadBalancerFindings.everyNodeAnswersArp, {
			message: `Without strictARP every node answers ARP for ${service.name} in ipvs mode: traffic may go to ${namesList(without, 2)} without endpoint.`,
			evidence: [objectField(refOf('Service', service), 'spec.externalTrafficPolicy', 'Local')],
			remedy: 'Set strictARP: true in the configuration of kube-proxy, and restart its pods.',
			command: kubectl({namespace: 'kube-system'}, 'edit', 'configmap', 'kube-proxy'),
		}),
	];
}
