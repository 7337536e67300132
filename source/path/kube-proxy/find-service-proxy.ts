import type {Snapshot} from '../../model/snapshot.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {ServiceProxy} from './service-proxy.ts';
import {memoize} from '../../rules/memoize.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {wantsNode, untolerated} from '../../model/matching/placement.ts';
import {isFailure} from '../../model/evidence.ts';
import {vantageText} from '../vantage-text.ts';
import type {Replacement} from './replacements.ts';
import {type EvidenceField, objectField} from '../finding.ts';
import {refOf} from '../../model/ref.ts';
import {objectsOf, type Objects} from './proxy-objects.ts';
import {ofKubeProxy, isWithoutStaticPod, noConfig, writtenConfig} from './kube-proxy-settings.ts';
import {ofManagedNode, ofNodeArgs, isWindows, inside, osField} from './node-proxy.ts';

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

/** What serves cluster IPs for a pod where nothing does so for the node. */
export function serviceProxyOfPods(snapshot: Snapshot): ServiceProxy | undefined {
	const {ofPods} = objectsOf(snapshot, snapshot.version);
	return ofPods && replacedBy(ofPods);
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
		ofKubeProxy(objects, kubeProxy, node) ??
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

function unknown(objects: Objects, kubeProxy: Workload | undefined, node: Node | undefined): ServiceProxy {
	const [unwanted] = kubeProxy ? [] : objects.kubeProxies;
	const {disabledBy, unread} = objects;
	return {
		text: 'unknown',
		config: writtenConfig(objects),
		daemonSet: kubeProxy,
		evidence: unwanted ? [unwantedField(unwanted, node)] : [],
		why: unwanted
			? `DaemonSet ${unwanted.name} wants no pod ${unwanted.placement?.isOff || !node ? 'on any node' : `on ${node.name}`}`
			: disabledBy
				? `${disabledBy.name} was started with --disable-kube-proxy`
				: node && isWithoutStaticPod(objects, node)
					? `no pod of kube-proxy is on ${node.name}; other nodes have one`
					: undefined,
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

	const object = refOf('DaemonSet', daemonSet);
	return placement?.isOff
		? objectField(object, 'status.desiredNumberScheduled', '0')
		: objectField(
				object,
				'spec.template.spec.nodeSelector',
				Object.entries(placement?.nodeSelector ?? {}).join(' ') || 'none',
			);
}
