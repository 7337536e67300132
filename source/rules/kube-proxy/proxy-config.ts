/** What knet uses of a KubeProxyConfiguration. */
export type ProxyConfig = {
	/** As written; '' is the default, iptables. */
	readonly mode: string;
	readonly masqueradeAll: boolean;
	/** How pods are told from others; `false`: not at all. Absent: not said here. */
	readonly localDetector?: boolean;
	/** In ipvs mode: nodes answer ARP for their own addresses alone. */
	readonly strictArp: boolean;
	/** Blocks that take node ports, or `primary`. Empty: the mode's default. */
	readonly nodePortAddresses: readonly string[];
	/** False: node ports do not answer on 127.0.0.1 in iptables mode. */
	readonly localhostNodePorts: boolean;
	/** '' is the default, 127.0.0.1:10249. Absent: not said here. */
	readonly metricsBindAddress?: string;
};

/**
Reads the few scalars that matter out of the YAML. Not a YAML parser: `path/` has none, and the document is one that
tools write.
*/
export function readProxyConfig(text: string): ProxyConfig {
	const lines = text.split('\n');
	const clusterCIDR = topLevel(lines, 'clusterCIDR');
	const detect = topLevel(lines, 'detectLocalMode');
	const usesCidr = detect === undefined || detect === '' || detect === 'ClusterCIDR';
	return {
		mode: topLevel(lines, 'mode') ?? '',
		masqueradeAll: /\bmasqueradeAll:\s*true\b/.test(text),
		localDetector:
			clusterCIDR === undefined && detect === undefined ? undefined : !usesCidr || clusterCIDR !== '',
		strictArp: /\bstrictARP:\s*true\b/.test(text),
		localhostNodePorts: !/\blocalhostNodePorts:\s*false\b/.test(text),
		metricsBindAddress: topLevel(lines, 'metricsBindAddress'),
		nodePortAddresses: listOf(lines, 'nodePortAddresses'),
	};
}

function topLevel(lines: readonly string[], key: string): string | undefined {
	const line = lines.find((text) => text.startsWith(`${key}:`));
	return line === undefined ? undefined : scalar(line.slice(key.length + 1));
}

function scalar(text: string): string {
	const plain = text.replace(/\s#.*$/, '').trim();
	const value = plain.replace(/^(["'])(.*)\1$/, '$2');
	return value === 'null' || value === '~' ? '' : value;
}

/** `[a, b]` on the key's own line, or `- a` on the lines below it. */
function listOf(lines: readonly string[], key: string): readonly string[] {
	const at = lines.findIndex((text) => text.startsWith(`${key}:`));
	const inline = scalar((lines[at] ?? '').slice(key.length + 1));
	if (at === -1 || inline !== '') {
		return inline
			.replace(/^\[|\]$/g, '')
			.split(',')
			.map(scalar)
			.filter((item) => item !== '');
	}

	const below = lines.slice(at + 1);
	const end = below.findIndex((text) => !/^\s*-\s/.test(text));
	return below.slice(0, end === -1 ? below.length : end).map((text) => scalar(text.replace(/^\s*-\s/, '')));
}
