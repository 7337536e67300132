import {refOf, refText} from '../../model/ref.ts';
import type {Container} from '../../model/pod.ts';
import type {Kind} from '../../model/kinds.ts';
import {isKnown, type KindState, type Snapshot} from '../../model/snapshot.ts';
import {isFailure, type RuleSet} from '../../model/evidence.ts';
import type {Workload} from '../../model/workload.ts';
import type {EvidenceField} from '../finding.ts';
import {vantageText} from '../vantage-text.ts';
import {readProxyConfig, type ProxyConfig} from '../../rules/kube-proxy/proxy-config.ts';

/** What makes Services work on the nodes, as far as configuration, pods and gathered rules say. */
export type ProxyMode = {
	/** How rules are written; absent: not known, or not kube-proxy's. */
	readonly mode?: RuleSet['mode'];
	/** For people: the mode, the name of what replaces kube-proxy, or `unknown`. */
	readonly text: string;
	/** What does kube-proxy's work in its place. */
	readonly replacedBy?: string;
	readonly config: ProxyConfig;
	readonly daemonSet?: Workload;
	readonly evidence: readonly EvidenceField[];
	/** Kinds that would have said it, and that cannot be read. */
	readonly unread: readonly {readonly kind: Kind; readonly namespace: string; readonly state: KindState}[];
};

const namespace = 'kube-system';

/**
Configuration first, then pods, then rules that were seen. kube-proxy's default is iptables (`mode: ""`).
*/
export function proxyMode(snapshot: Snapshot): ProxyMode {
	const daemonSet = snapshot.list('DaemonSet', namespace).find(isKubeProxy);
	const replaced = daemonSet ? undefined : replacement(snapshot);
	if (replaced) {
		return replaced;
	}

	const said = modeOfWorkload(snapshot, daemonSet) ?? modeOfPods(snapshot) ?? modeOfRules(snapshot);
	return {
		...(said ?? {text: 'unknown', evidence: []}),
		config: readProxyConfig(configText(snapshot)?.value ?? ''),
		daemonSet,
		unread: said ? [] : unreadKinds(snapshot),
	};
}

type Said = Pick<ProxyMode, 'mode' | 'text' | 'evidence'>;

function isKubeProxy({name, labels}: Workload): boolean {
	return name === 'kube-proxy' || labels['k8s-app'] === 'kube-proxy' || labels['component'] === 'kube-proxy';
}

/** A kube-proxy that is started with `--config` does not look at `--proxy-mode`. */
function modeOfWorkload(snapshot: Snapshot, daemonSet: Workload | undefined): Said | undefined {
	const usesConfig = daemonSet === undefined || hasFlag(daemonSet.containers, 'config');
	const config = usesConfig ? configText(snapshot) : undefined;
	if (config) {
		const {mode} = readProxyConfig(config.value);
		return said(mode, {object: config.object, path: `data.${config.key}`, value: `mode: ${mode || '""'}`});
	}

	if (!daemonSet || usesConfig) {
		return undefined;
	}

	const flag = flagOf(daemonSet.containers, 'proxy-mode') ?? '';
	return said(flag, {
		object: refText(refOf('DaemonSet', daemonSet)),
		path: 'spec.template.spec.containers[].command',
		value: `--proxy-mode=${flag}`,
	});
}

/** Static pods, as some clouds run kube-proxy, have no DaemonSet. */
function modeOfPods(snapshot: Snapshot): Said | undefined {
	const [pod] = [
		...snapshot.podsLabelled(namespace, 'component', 'kube-proxy'),
		...snapshot.podsLabelled(namespace, 'k8s-app', 'kube-proxy'),
	];
	if (!pod || hasFlag(pod.containers, 'config')) {
		return undefined;
	}

	const flag = flagOf(pod.containers, 'proxy-mode') ?? '';
	const object = refText({kind: 'Pod', namespace, name: pod.name});
	return said(flag, {object, path: 'spec.containers[].command', value: `--proxy-mode=${flag}`});
}

function modeOfRules(snapshot: Snapshot): Said | undefined {
	for (const {result, subject} of snapshot.evidence.list('rules')) {
		if (!isFailure(result)) {
			const field = {
				object: vantageText({type: 'node', node: subject.node}),
				path: 'rules',
				value: result.mode,
			};
			return {mode: result.mode, text: result.mode, evidence: [field]};
		}
	}

	return undefined;
}

function said(value: string, field: EvidenceField): Said | undefined {
	const mode = value === '' ? 'iptables' : value;
	return mode === 'iptables' || mode === 'nftables' || mode === 'ipvs'
		? {mode, text: mode, evidence: [field]}
		: {text: mode, evidence: [field]};
}

/** Replacements, by their DaemonSets. Each of them leaves kube-proxy in place unless told otherwise: only its absence counts. */
const replacements: readonly {
	readonly name: string;
	readonly daemonSets: readonly string[];
	readonly mode?: RuleSet['mode'];
	/** Only with this flag of its own. */
	readonly flag?: string;
}[] = [
	{name: 'Cilium', daemonSets: ['cilium'], mode: 'cilium'},
	{name: 'Antrea', daemonSets: ['antrea-agent']},
	{name: 'OVN-Kubernetes', daemonSets: ['ovnkube-node']},
	{name: 'Calico eBPF', daemonSets: ['calico-node', 'canal']},
	{name: 'kube-router', daemonSets: ['kube-router'], flag: 'run-service-proxy'},
];

function replacement(snapshot: Snapshot): ProxyMode | undefined {
	const [k3s] = snapshot.list('Node').filter(({kubeletVersion}) => kubeletVersion?.includes('+k3s'));
	if (k3s) {
		const value = k3s.kubeletVersion ?? '';
		const field = {object: `Node/${k3s.name}`, path: 'status.nodeInfo.kubeletVersion', value};
		return {...replacedBy('k3s', field), mode: 'iptables', text: 'iptables (inside k3s)'};
	}

	if (snapshot.state('DaemonSet', namespace).state !== 'synced' || configIsInUse(snapshot)) {
		return undefined;
	}

	const daemonSets = snapshot.list('DaemonSet');
	for (const known of replacements) {
		const found = daemonSets.find(
			({name, containers}) =>
				known.daemonSets.includes(name) && (!known.flag || flagOf(containers, known.flag) === 'true'),
		);
		if (found) {
			const object = refText(refOf('DaemonSet', found));
			const field = {object, path: 'metadata.name', value: `${found.name}, and no kube-proxy`};
			return {...replacedBy(known.name, field), mode: known.mode};
		}
	}

	return undefined;
}

/** A configuration without a DaemonSet may be left over; static pods prove that it is in use. */
function configIsInUse(snapshot: Snapshot): boolean {
	return (
		snapshot.podsLabelled(namespace, 'k8s-app', 'kube-proxy').length > 0 ||
		snapshot.podsLabelled(namespace, 'component', 'kube-proxy').length > 0
	);
}

function replacedBy(name: string, field: EvidenceField): ProxyMode {
	return {text: name, replacedBy: name, config: readProxyConfig(''), evidence: [field], unread: []};
}

function configText(
	snapshot: Snapshot,
): {readonly object: string; readonly key: string; readonly value: string} | undefined {
	for (const [name, key] of [
		['kube-proxy', 'config.conf'],
		['kube-proxy-config', 'config'],
	] as const) {
		const value = snapshot.get('ConfigMap', namespace, name)?.data[key];
		if (value !== undefined) {
			return {object: refText({kind: 'ConfigMap', namespace, name}), key, value};
		}
	}

	return undefined;
}

function unreadKinds(snapshot: Snapshot): ProxyMode['unread'] {
	const kinds = ['ConfigMap', 'DaemonSet', 'Pod'] as const;
	return kinds
		.map((kind) => ({kind, namespace, state: snapshot.state(kind, namespace)}))
		.filter(({state}) => !isKnown(state));
}

function hasFlag(containers: readonly Container[], name: string): boolean {
	return flagOf(containers, name) !== undefined;
}

/** Value of `--name=value` or `--name value`; '' for a bare flag. Also inside one long `sh -c` line. */
function flagOf(containers: readonly Container[], name: string): string | undefined {
	const words = containers.flatMap(({command, args}) =>
		[...command, ...args].flatMap((text) => text.split(/\s+/)),
	);
	const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
	const word = words[at];
	if (word === undefined) {
		return undefined;
	}

	const next = words[at + 1] ?? '';
	return word.includes('=') ? word.slice(word.indexOf('=') + 1) : next.startsWith('-') ? '' : next;
}
