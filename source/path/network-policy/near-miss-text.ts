import {refOf} from '../../model/ref.ts';
import type {NearMiss} from '../../rules/network-policy/near-miss.ts';
import {objectField, type EvidenceField} from '../finding.ts';

type Direction = 'ingress' | 'egress';

export function missField(miss: NearMiss): EvidenceField {
	return objectField(refOf('NetworkPolicy', miss.policy), miss.path, missText(miss));
}

function missText(miss: NearMiss): string {
	switch (miss.type) {
		case 'namespace':
			return `podSelector without namespaceSelector: looks in namespace ${miss.policy.namespace} only`;
		case 'label-name':
			return `name=${miss.name}, which that namespace lacks: it has kubernetes.io/metadata.name=${miss.name}`;
		case 'host-pod':
			return `selects pod ${miss.pod}, which is on the host network`;
		case 'block':
			return miss.cidr;
		case 'port':
			return miss.ports.join(', ');
	}
}

/** Cilium takes nodes and pods for identities (docs, policy language: CIDR rules; cilium/cilium#20550). */
export function identityRemedy(
	{means, cidr}: Extract<NearMiss, {type: 'block'}>,
	direction: Direction,
): string {
	const entities = direction === 'egress' ? 'toEntities' : 'fromEntities';
	return means === 'node'
		? `Add a CiliumNetworkPolicy with ${entities}: [host, remote-node, kube-apiserver], or set policy-cidr-match-mode: nodes in cilium-config: to Cilium a node is an identity, which ${cidr} does not cover.`
		: `Select the pods by labels: to Cilium a pod is an identity, which ${cidr} does not cover.`;
}

/** Calico and Cilium take a pod on the host network for its node (docs of both, host network and policies). */
export function hostRemedy(
	{pod, node, isEntity}: Extract<NearMiss, {type: 'host-pod'}>,
	direction: Direction,
): string {
	const entities = direction === 'egress' ? 'toEntities' : 'fromEntities';
	return isEntity
		? `Add a CiliumNetworkPolicy with ${entities}: [host, remote-node]: pod ${pod} is on the host network, and no selector covers it.`
		: `Admit the addresses of the nodes (${node}) with an ipBlock: pod ${pod} is on the host network, and no selector covers it.`;
}
