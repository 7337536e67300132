import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {namesList} from '../../rules/kube-proxy/names-list.ts';
import {ciliumAnnounced} from '../../rules/load-balancers/cilium-announcement.ts';
import {finding, objectField} from '../finding.ts';
import {loadBalancerFindings} from './catalogue.ts';
import {serviceRef} from './context.ts';
import type {Fault} from './fault.ts';
import {namesOf} from './frontends.ts';

/**
KNET211: Cilium gave the address, and none of its objects announces it. Where there is none at all, static routes may lead to the
nodes; where others are announced, this one was forgotten.
*/
export function ciliumSilence(snapshot: Snapshot, service: Service): Fault | undefined {
	const announced = ciliumAnnounced(snapshot, service);
	if (!announced || announced.by.length > 0) {
		return undefined;
	}

	const addresses = namesOf(service.loadBalancer);
	const isForgotten = announced.others.length > 0;
	const found = finding(loadBalancerFindings.addressNotAnnounced, {
		undecided: isForgotten ? undefined : true,
		message: `No L2 announcement policy and no BGP advertisement of Cilium announces ${namesList(addresses, 2)} of ${service.name}.`,
		evidence: [
			...announced.others.slice(0, 3).map((ref) => objectField(ref, 'spec', 'does not select it')),
			{object: serviceRef(service), path: 'status.loadBalancer.ingress', value: addresses.join(', ')},
		],
		remedy: isForgotten
			? 'Let serviceSelector or selector of one of them fit the labels of the Service, and its nodeSelector a node.'
			: 'Add a CiliumL2AnnouncementPolicy or a CiliumBGPAdvertisement, unless static routes lead to the nodes.',
		command: 'kubectl get ciliuml2announcementpolicies,ciliumbgpadvertisements -o yaml',
	});
	return {finding: found, stop: isForgotten ? 'dropped' : undefined};
}
