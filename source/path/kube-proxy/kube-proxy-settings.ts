import type {Objects} from './proxy-objects.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {ServiceProxy} from './service-proxy.ts';
import {flagOf, wordsOf} from '../../rules/kube-proxy/flags.ts';
import {refText, refOf, type ObjectRef} from '../../model/ref.ts';
import {objectField, type EvidenceField} from '../finding.ts';
import type {Container} from '../../model/workloads/pod.ts';
import {readProxyConfig} from '../../rules/kube-proxy/proxy-config.ts';
import {memoize} from '../../rules/memoize.ts';
import type {RuleSet} from '../../model/evidence.ts';

export function ofKubeProxy(
	objects: Objects,
	daemonSet: Workload | undefined,
	node: Node | undefined,
): ServiceProxy | undefined {
	if (node && !daemonSet && isWithoutStaticPod(objects, node)) {
		return undefined;
	}

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

	return daemonSet && !usesConfig
		? ofFlag(objects, daemonSet.containers, {
				daemonSet,
				object: refText(refOf('DaemonSet', daemonSet)),
				path: 'spec.template.spec.containers[].command',
			})
		: ofPods(objects, daemonSet);
}

/** By the flags of one of its pods; else the mode is not known. */
function ofPods(objects: Objects, daemonSet: Workload | undefined): ServiceProxy | undefined {
	const [pod] = daemonSet ? objects.pods : objects.staticPods;
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

/** Static pods are made node by node: those of other nodes prove nothing for a node that has none. */
export function isWithoutStaticPod({staticPods}: Objects, node: Node): boolean {
	return staticPods.length > 0 && staticPods.every(({nodeName}) => nodeName !== node.name);
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

export const noConfig = readProxyConfig('');

export const writtenConfig = memoize(({config}: Objects) =>
	config ? readProxyConfig(config.value) : noConfig,
);

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
export function modeOf(written: string): RuleSet['mode'] | undefined {
	const mode = written === '' ? 'iptables' : written;
	return mode === 'iptables' || mode === 'nftables' || mode === 'ipvs' ? mode : undefined;
}
