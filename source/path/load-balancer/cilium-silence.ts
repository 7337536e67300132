import {refOf} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {namesList} from '../../rules/names-list.ts';
import {unannouncedByCilium} from '../../rules/load-balancers/cilium-announcement.ts';
import {finding, objectField, type EvidenceField} from '../finding.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Fault} from './fault.ts';
import {namesOf} from './frontends.ts';

const selectIt =
	'Let serviceSelector or selector of one of them fit the labels of the Service, and its nodeSelector a node';
const addOne = 'Add a CiliumL2AnnouncementPolicy or a CiliumBGPAdvertisement';

/**
KNET211: Cilium gave the address, and none of its objects announces it. Static routes may lead to the nodes, unless an announced Service
has an address of the same network.
*/
export function ciliumSilence(snapshot: Snapshot, service: Service): Fault | undefined {
	const found = unannouncedByCilium(snapshot, service);
	if (!found) {
		return undefined;
	}

	const {others, neighbour} = found;
	const addresses = namesOf(service.loadBalancer);
	return {
		stop: neighbour && 'dropped',
		finding: finding(loadBalancerFindings.addressNotAnnounced, {
			undecided: neighbour ? undefined : true,
			message: `No L2 announcement policy and no BGP advertisement of Cilium announces ${namesList(addresses, 2)} of ${service.name}.`,
			evidence: [
				...others
					.slice(0, 3)
					.map((ref) => objectField(ref, 'spec', 'selects other Services, or no node that may announce')),
				statusField(service),
				...(neighbour ? [statusField(neighbour)] : []),
			],
			remedy: `${others.length > 0 ? selectIt : addOne}${neighbour ? '' : ', unless static routes lead to the nodes'}.`,
			command:
				'kubectl get ciliuml2announcementpolicies,ciliumbgpadvertisements,ciliumbgpclusterconfigs -o yaml',
		}),
	};
}

function statusField(service: Service): EvidenceField {
	return objectField(
		refOf('Service', service),
		'status.loadBalancer.ingress',
		namesOf(service.loadBalancer).join(', '),
	);
}
