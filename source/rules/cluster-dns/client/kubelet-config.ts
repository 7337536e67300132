import type {Snapshot} from '../../../model/snapshot.ts';

/** What of a KubeletConfiguration decides how pods look names up. */
export type KubeletConfig = {
	readonly clusterDns: readonly string[];
	readonly clusterDomain?: string;
	/** The file that pods with the node's DNS get; absent: /etc/resolv.conf. */
	readonly resolvConf?: string;
};

/**
kubeadm and Kubespray keep the configuration of all kubelets here (kubeadm, "Configuring each kubelet"). Elsewhere it is on the
nodes alone, out of sight.
*/
export const kubeletConfigName = {namespace: 'kube-system', name: 'kubelet-config'} as const;

export function kubeletConfigOf(snapshot: Snapshot): KubeletConfig | undefined {
	const {namespace, name} = kubeletConfigName;
	const text = snapshot.get('ConfigMap', namespace, name)?.data['kubelet'];
	if (text === undefined) {
		return undefined;
	}

	const lines = text.split('\n');
	const at = lines.findIndex((line) => line.startsWith('clusterDNS:'));
	const below = lines.slice(at + 1);
	const end = below.findIndex((line) => !/^\s*-\s/u.test(line));
	return {
		clusterDns:
			at === -1
				? []
				: [lines[at] ?? '', ...below.slice(0, end === -1 ? below.length : end)].flatMap(addressesIn),
		clusterDomain: valueOf(lines, 'clusterDomain'),
		resolvConf: valueOf(lines, 'resolvConf'),
	};
}

function addressesIn(line: string): readonly string[] {
	return line.replace('clusterDNS:', '').match(/[\da-f.:]+/giu) ?? [];
}

function valueOf(lines: readonly string[], key: string): string | undefined {
	const line = lines.find((each) => each.startsWith(`${key}:`));
	return (
		line
			?.slice(key.length + 1)
			.trim()
			.replace(/^(["'])(.*)\1$/u, '$2') || undefined
	);
}
