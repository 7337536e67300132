import {matchesLabels} from '../../../model/matching/label-selector.ts';
import type {Service} from '../../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';

/** Where pods of GKE ask Cloud DNS (docs, Using Cloud DNS for GKE). */
export const cloudDnsAddress = '169.254.169.254';

/**
Whether pods may ask Cloud DNS in place of kube-dns, which is then scaled to zero or absent. Which of both the kubelets name is on the
nodes of GKE alone, out of sight.
*/
export function mayBeCloudDns(snapshot: Snapshot, service: Service | undefined): boolean {
	const isGke = snapshot.list('Node').some(({kubeletVersion}) => kubeletVersion?.includes('-gke.'));
	if (!isGke || !isKnown(snapshot.state('Deployment', 'kube-system'))) {
		return false;
	}

	const selector = service?.selector;
	return snapshot
		.list('Deployment', 'kube-system')
		.filter(({templateLabels}) => selector && matchesLabels(selector, templateLabels))
		.every(({replicas}) => replicas === 0);
}
