import {refOf} from '../../model/ref.ts';
import {computeTypeLabel, type Node} from '../../model/workloads/node.ts';
import type {ServiceProxy} from './service-proxy.ts';
import type {Objects} from './proxy-objects.ts';
import {modeOf, noConfig} from './kube-proxy-settings.ts';
import {objectField, type EvidenceField} from '../finding.ts';

/** Nodes without a kube-proxy pod by design (research: field-rules, proxy-absent). */
export function ofManagedNode(node: Node): ServiceProxy | undefined {
	const type = node.labels[computeTypeLabel];
	const field = labelField(node, computeTypeLabel);
	if (type === 'fargate') {
		// EKS, Fargate pod configuration: DaemonSets do not run there.
		return inside('kube-proxy', 'kube-proxy (inside the Fargate micro VM)', field);
	}

	if (type === 'auto') {
		return inside('kube-proxy', 'kube-proxy (a service of the EKS Auto Mode node)', field);
	}

	return node.labels['type'] === 'virtual-kubelet'
		? {
				...inside(undefined, 'unknown', labelField(node, 'type')),
				why: `${node.name} is a virtual node, and what makes Services work there cannot be seen`,
			}
		: undefined;
}

/** kube-proxy without a pod of its own, inside MicroK8s's kubelite, k3s or RKE2. */
export function ofNodeArgs({disabledBy}: Objects, node: Node): ServiceProxy | undefined {
	if (node.labels['microk8s.io/cluster'] === 'true') {
		// canonical/microk8s#2291: iptables unless args/kube-proxy on the node says otherwise.
		const field = labelField(node, 'microk8s.io/cluster');
		return {...inside('kube-proxy', 'iptables (inside kubelite)', field), mode: 'iptables'};
	}

	const isK3s = node.kubeletVersion?.includes('+k3s');
	if (!isK3s || !node.nodeArgs || disabledBy) {
		return undefined;
	}

	const given = node.nodeArgs.find((word) => word.startsWith('--kube-proxy-arg=proxy-mode='));
	const mode = modeOf(given?.split('=')[2] ?? '');
	const field = objectField(refOf('Node', node), 'status.nodeInfo.kubeletVersion', node.kubeletVersion ?? '');
	return {...inside('kube-proxy', `${mode ?? 'kube-proxy'} (inside k3s)`, field), mode};
}

export function inside(name: string | undefined, text: string, field: EvidenceField): ServiceProxy {
	return {
		name,
		how: name === undefined ? undefined : 'inside',
		text,
		config: noConfig,
		evidence: [field],
		unread: [],
	};
}

export function isWindows({labels}: Node): boolean {
	return labels['kubernetes.io/os'] === 'windows';
}

export function osField(node: Node): EvidenceField {
	return labelField(node, 'kubernetes.io/os');
}

function labelField(node: Node, label: string): EvidenceField {
	return objectField(refOf('Node', node), `metadata.labels[${label}]`, node.labels[label] ?? 'absent');
}
