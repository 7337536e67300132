import {refOf, refText, type ObjectRef} from '../../model/ref.ts';
import type {Container, Pod} from '../../model/pod.ts';
import {placeOf, type Kind} from '../../model/kinds.ts';
import type {Node} from '../../model/node.ts';
import {untolerated, wantsNode} from '../../model/placement.ts';
import {isKnown, type KindState, type Snapshot} from '../../model/snapshot.ts';
import {isFailure, type RuleSet} from '../../model/evidence.ts';
import type {Workload} from '../../model/workload.ts';
import {objectField, type EvidenceField} from '../finding.ts';
import {isCalico, replacementsOf, type Replacement} from './replacements.ts';
import {vantageText} from '../vantage-text.ts';
import {flagOf, isSet, wordsOf} from '../../rules/kube-proxy/flags.ts';
import {readProxyConfig, type ProxyConfig} from '../../rules/kube-proxy/proxy-config.ts';
import {memoize, rememberRead} from '../../rules/memo.ts';

/** What makes Services work on a node, as far as objects and gathered rules say. */
export type ServiceProxy = {
	/** `kube-proxy`, or what does its work. Absent: not known. */
	readonly name?: string;
	/** Something else does the work of kube-proxy, or it runs inside of something else. Absent: it has pods of its own. */
	readonly how?: 'replaced' | 'inside';
	/** How rules are written; absent: not known, or in a way that knet does not know. */
	readonly mode?: RuleSet['mode'];
	/** For people: the mode of kube-proxy, the name of what replaces it, or `unknown`. */
	readonly text: string;
	readonly config: ProxyConfig;
	/** Whose pod on the node writes the rules. Absent: no pod does, or a static one. */
	readonly daemonSet?: Workload;
	readonly evidence: readonly EvidenceField[];
	/** Why it is not known. */
	readonly why?: string;
	/** Kinds that would have said it, and that cannot be read. */
	readonly unread: readonly {readonly kind: Kind; readonly namespace?: string; readonly state: KindState}[];
};

const namespace = 'kube-system';

/** `node` undefined: a node that no object shows. */
export function serviceProxyOn(snapshot: Snapshot, node: Node | undefined): ServiceProxy {
	const [found] = serviceProxiesOn(snapshot, [node]);
	return found as ServiceProxy;
}

/** Of several nodes. */
export function serviceProxiesOn(
	snapshot: Snapshot,
	nodes: ReadonlyArray<Node | undefined>,
): readonly ServiceProxy[] {
	const objects = objectsOf(snapshot, snapshot.version);
	return nodes.map((node) => {
		const found = node ? proxyOfNode(objects)(node) : proxyOf(objects, undefined);
		// Rules that were read say the mode where no object does.
		return found.mode === undefined && found.how === undefined
			? withRules(found, ofRules(snapshot, node))
			: found;
	});
}

function withRules(found: ServiceProxy, read: ServiceProxy | undefined): ServiceProxy {
	return read && found.name !== undefined ? {...found, mode: read.mode, text: read.text} : (read ?? found);
}

type Objects = {
	readonly kubeProxies: readonly Workload[];
	/** Of kube-proxy, whoever owns them. */
	readonly pods: readonly Pod[];
	/** Those without a DaemonSet, as some clouds and RKE2 run it; or whose DaemonSet may not be read. */
	readonly staticPods: readonly Pod[];
	readonly config?: {readonly object: string; readonly key: string; readonly value: string};
	/** The DaemonSet list is known: what is not in it does not exist. */
	readonly hasDaemonSets: boolean;
	readonly replacements: readonly Replacement[];
	/** A server of k3s or RKE2 that was started without kube-proxy. */
	readonly disabledBy?: Node;
	readonly unread: ServiceProxy['unread'];
};

/** What the whole cluster says: the same for all nodes and Services. */
const objectsOf = rememberRead((snapshot: Snapshot, _version: object): Objects => {
	const daemonSets = snapshot.list('DaemonSet');
	const pods = [
		...snapshot.podsLabelled(namespace, 'component', 'kube-proxy'),
		...snapshot.podsLabelled(namespace, 'k8s-app', 'kube-proxy'),
	];
	const hasDaemonSets = isKnown(snapshot.state('DaemonSet', namespace));
	return {
		kubeProxies: daemonSets.filter(isKubeProxy),
		pods,
		staticPods: pods.filter(({owner}) => owner?.kind !== 'DaemonSet' || !hasDaemonSets),
		config: configOf(snapshot),
		hasDaemonSets,
		replacements: replacementsOf(snapshot, daemonSets),
		disabledBy: snapshot
			.list('Node')
			.find(({nodeArgs = []}) => isSet(flagOf(nodeArgs, 'disable-kube-proxy'))),
		unread: unreadKinds(snapshot),
	};
});

function isKubeProxy({namespace: of, name, labels}: Workload): boolean {
	const app = labels['k8s-app'] ?? labels['component'];
	return (
		of === namespace &&
		(name === 'kube-proxy' ||
			app === 'kube-proxy' ||
			name === 'kube-proxy-windows' ||
			app === 'kube-proxy-windows')
	);
}

/** Thousands of Services ask for the same nodes. */
const proxyOfNode = memoize((objects: Objects) => memoize((node: Node) => proxyOf(objects, node)));

/** What stands closest to the node counts first: its kind, a replacement that runs there, kube-proxy's pod, its own arguments. */
function proxyOf(objects: Objects, node: Node | undefined): ServiceProxy {
	const replacement = objects.replacements.find(
		({daemonSet, isOn}) => wants(daemonSet, node) && (isOn?.(node) ?? true),
	);
	const kubeProxy = objects.kubeProxies.find((daemonSet) => wants(daemonSet, node));
	return (
		(node && ofManagedNode(node)) ??
		(replacement && replacedBy(replacement)) ??
		ofKubeProxy(objects, kubeProxy) ??
		(node && ofNodeArgs(objects, node)) ??
		(node && isWindows(node)
			? inside('kube-proxy', 'kube-proxy (Windows service)', osField(node))
			: undefined) ??
		unknown(objects, kubeProxy, node)
	);
}

function wants({placement}: Workload, node: Node | undefined): boolean {
	return placement === undefined || (node ? wantsNode(placement, node) : !placement.isOff);
}

/** Nodes without a kube-proxy pod by design (research: field-rules, proxy-absent). */
function ofManagedNode(node: Node): ServiceProxy | undefined {
	const type = node.labels['eks.amazonaws.com/compute-type'];
	const field = labelField(node, 'eks.amazonaws.com/compute-type');
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

function ofKubeProxy(objects: Objects, daemonSet: Workload | undefined): ServiceProxy | undefined {
	const usesConfig = daemonSet === undefined || flagOf(wordsOf(daemonSet.containers), 'config') !== undefined;
	const {config, staticPods, hasDaemonSets} = objects;
	// A configuration without a DaemonSet may be left over; static pods prove that it is in use.
	if (config && usesConfig && (daemonSet || staticPods.length > 0 || !hasDaemonSets)) {
		// A kube-proxy that is started with `--config` does not look at `--proxy-mode`.
		const {mode} = writtenConfig(objects);
		return said(objects, {
			daemonSet,
			mode,
			field: {object: config.object, path: `data.${config.key}`, value: `mode: ${mode || '""'}`},
		});
	}

	if (daemonSet && !usesConfig) {
		return ofFlag(objects, daemonSet.containers, {
			daemonSet,
			object: refText(refOf('DaemonSet', daemonSet)),
			path: 'spec.template.spec.containers[].command',
		});
	}

	const [pod] = daemonSet ? objects.pods : staticPods;
	if (pod && flagOf(wordsOf(pod.containers), 'config') === undefined) {
		return ofFlag(objects, pod.containers, {
			daemonSet,
			object: refText(refOf('Pod', pod)),
			path: 'spec.containers[].command',
		});
	}

	const found = daemonSet ? refOf('DaemonSet', daemonSet) : pod && refOf('Pod', pod);
	return found && ofUnknownMode(found, daemonSet);
}

/** Whatever its mode, it sends to the endpoints: only what a port that is missing looks like depends on it. */
function ofUnknownMode(found: ObjectRef, daemonSet: Workload | undefined): ServiceProxy {
	return {
		name: 'kube-proxy',
		text: 'kube-proxy (mode not known)',
		config: noConfig,
		daemonSet,
		evidence: [objectField(found, 'metadata.name', found.name)],
		unread: [],
	};
}

function ofFlag(
	objects: Objects,
	containers: readonly Container[],
	{daemonSet, object, path}: {readonly daemonSet?: Workload; readonly object: string; readonly path: string},
): ServiceProxy {
	const words = wordsOf(containers);
	const mode = flagOf(words, 'proxy-mode') ?? '';
	const found = said(objects, {daemonSet, mode, field: {object, path, value: `--proxy-mode=${mode}`}});
	const blocks = flagOf(words, 'nodeport-addresses');
	const config = blocks ? {...found.config, nodePortAddresses: blocks.split(',')} : found.config;
	return {...found, config};
}

/** kube-proxy without a pod of its own, inside MicroK8s's kubelite, k3s or RKE2. */
function ofNodeArgs({disabledBy}: Objects, node: Node): ServiceProxy | undefined {
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
	const field = {
		object: `Node/${node.name}`,
		path: 'status.nodeInfo.kubeletVersion',
		value: node.kubeletVersion ?? '',
	};
	return {...inside('kube-proxy', `${mode ?? 'kube-proxy'} (inside k3s)`, field), mode};
}

/** Rules that were read on the node prove who wrote them; without its own, those of another. */
function ofRules(snapshot: Snapshot, node: Node | undefined): ServiceProxy | undefined {
	const read = snapshot.evidence
		.list('rules')
		.flatMap(({result, subject}) => (isFailure(result) ? [] : [{mode: result.mode, node: subject.node}]));
	const found =
		read.find((each) => each.node === node?.name) ??
		(node?.labels['type'] === 'virtual-kubelet' ? undefined : read[0]);
	return (
		found && {
			...inside(found.mode === 'cilium' ? 'Cilium' : 'kube-proxy', found.mode, {
				object: vantageText({type: 'node', node: found.node}),
				path: 'rules',
				value: found.mode,
			}),
			how: found.mode === 'cilium' ? 'replaced' : undefined,
			mode: found.mode,
		}
	);
}

const noConfig = readProxyConfig('');
const writtenConfig = memoize(({config}: Objects) => (config ? readProxyConfig(config.value) : noConfig));

type Said = {readonly daemonSet?: Workload; readonly mode: string; readonly field: EvidenceField};

function said(objects: Objects, {daemonSet, mode: written, field}: Said): ServiceProxy {
	const mode = modeOf(written);
	return {
		name: 'kube-proxy',
		mode,
		text: mode ?? written,
		config: writtenConfig(objects),
		daemonSet,
		evidence: [field],
		unread: [],
	};
}

/** kube-proxy's default is iptables (`mode: ""`). */
function modeOf(written: string): RuleSet['mode'] | undefined {
	const mode = written === '' ? 'iptables' : written;
	return mode === 'iptables' || mode === 'nftables' || mode === 'ipvs' ? mode : undefined;
}

function replacedBy({name, mode, daemonSet, evidence}: Replacement): ServiceProxy {
	return {
		name,
		how: 'replaced',
		mode,
		text: name,
		config: noConfig,
		daemonSet,
		evidence,
		unread: [],
	};
}

function inside(name: string | undefined, text: string, field: EvidenceField): ServiceProxy {
	return {
		name,
		how: name === undefined ? undefined : 'inside',
		text,
		config: noConfig,
		evidence: [field],
		unread: [],
	};
}

function unknown(objects: Objects, kubeProxy: Workload | undefined, node: Node | undefined): ServiceProxy {
	const [unwanted] = kubeProxy ? [] : objects.kubeProxies;
	const {disabledBy, unread} = objects;
	return {
		text: 'unknown',
		config: writtenConfig(objects),
		daemonSet: kubeProxy,
		evidence: unwanted ? [unwantedField(unwanted, node)] : [],
		why: unwanted
			? `DaemonSet ${unwanted.name} wants no pod ${unwanted.placement?.isOff || !node ? 'on any node' : `on ${node.name}`}. Nothing known replaces it`
			: disabledBy && `${disabledBy.name} was started with --disable-kube-proxy. Nothing known replaces it`,
		unread,
	};
}

function unwantedField(daemonSet: Workload, node: Node | undefined): EvidenceField {
	const {placement} = daemonSet;
	const taint = placement && node && !placement.isOff ? untolerated(placement, node) : undefined;
	if (node && taint) {
		const {key, value, effect} = taint;
		return objectField(
			refOf('Node', node),
			'spec.taints',
			`${key}${value ? `=${value}` : ''}:${effect}, not tolerated`,
		);
	}

	const object = refText(refOf('DaemonSet', daemonSet));
	return placement?.isOff
		? {object, path: 'status.desiredNumberScheduled', value: '0'}
		: {
				object,
				path: 'spec.template.spec.nodeSelector',
				value: Object.entries(placement?.nodeSelector ?? {}).join(' ') || 'none',
			};
}

function isWindows({labels}: Node): boolean {
	return labels['kubernetes.io/os'] === 'windows';
}

function osField(node: Node): EvidenceField {
	return labelField(node, 'kubernetes.io/os');
}

function labelField(node: Node, label: string): EvidenceField {
	return {
		object: `Node/${node.name}`,
		path: `metadata.labels[${label}]`,
		value: node.labels[label] ?? 'absent',
	};
}

function configOf(snapshot: Snapshot): Objects['config'] {
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

function unreadKinds(snapshot: Snapshot): ServiceProxy['unread'] {
	return [
		{kind: 'ConfigMap' as const, namespace: placeOf('ConfigMap', namespace, 'kube-proxy')},
		...(['DaemonSet', 'Pod'] as const).map((kind) => ({kind, namespace})),
		...(snapshot.list('DaemonSet').some(isCalico) ? [{kind: 'FelixConfiguration' as const}] : []),
	]
		.map((each: {readonly kind: Kind; readonly namespace?: string}) => ({
			...each,
			state: snapshot.state(each.kind, each.namespace),
		}))
		.filter(({state}) => !isKnown(state));
}
