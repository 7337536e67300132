import type {Snapshot} from '../../model/snapshot.ts';
import {enforcerOf} from './enforcer.ts';
import type {Answer} from './party.ts';

/** What the selectors and blocks of a NetworkPolicy mean to who enforces them. */
export type Identity = {
	/** Whether an ipBlock means pods, and nodes, by their address. */
	readonly blocksMeanPods: boolean;
	readonly blocksMeanNodes: Answer;
	/** Whether selectors mean pods on the network of their node. */
	readonly selectorsMeanHostPods: Answer;
	/** Whether an `except` may also deny what another rule admits. */
	readonly longestPrefixDecides?: boolean;
};

/**
Calico and Cilium take a pod on the host network for its node. For Cilium nodes and pods are identities, which no CIDR means,
nodes only with `policy-cidr-match-mode: nodes` (docs, policy language; cilium/cilium#20550).
*/
export function identityOf(snapshot: Snapshot): Identity {
	const {plugin, enforces, longestPrefixDecides} = enforcerOf(snapshot, snapshot.version);
	switch (plugin) {
		case 'Calico':
			return {blocksMeanPods: true, blocksMeanNodes: 'yes', selectorsMeanHostPods: 'no'};
		case 'Cilium': {
			const config = snapshot.get('ConfigMap', 'kube-system', 'cilium-config');
			const mode = config?.data['policy-cidr-match-mode'] ?? '';
			return {
				blocksMeanPods: false,
				blocksMeanNodes: !config ? 'unknown' : /\bnodes\b/u.test(mode) ? 'yes' : 'no',
				selectorsMeanHostPods: 'no',
			};
		}

		case 'Antrea':
		case 'other':
			return {
				blocksMeanPods: true,
				blocksMeanNodes: 'yes',
				selectorsMeanHostPods: 'unknown',
				longestPrefixDecides: enforces && longestPrefixDecides,
			};
	}
}
