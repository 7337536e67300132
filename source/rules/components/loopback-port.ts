import {parseIp} from '../../model/matching/ip.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {flagOf, wordsOf} from '../kube-proxy/flags.ts';
import {isLoopback} from '../kube-proxy/node-port-addresses.ts';
import {readProxyConfig} from '../kube-proxy/proxy-config.ts';

/** What says that a process listens on loopback alone. */
export type LoopbackSetting = {readonly ref: ObjectRef; readonly path: string; readonly value: string};

/** A process of Kubernetes whose settings say on which addresses it listens. */
type Component = {
	readonly name: string;
	/** The ports that the rule is about. */
	readonly ports: readonly number[];
	readonly setting: (given: Given) => LoopbackSetting | undefined;
};

type Given = {
	readonly snapshot: Snapshot;
	readonly pod: Pod;
	readonly words: readonly string[];
	readonly port: number;
};

const components: readonly Component[] = [
	// `--bind-address` defaults to all addresses; kubeadm writes 127.0.0.1 (cmd/kubeadm/app/phases/controlplane/manifests.go).
	{name: 'kube-scheduler', ports: [10_259], setting: bindAddress},
	{name: 'kube-controller-manager', ports: [10_257], setting: bindAddress},
	// kubeadm writes http://127.0.0.1:2381 (cmd/kubeadm/app/phases/etcd/local.go).
	{name: 'etcd', ports: [2381], setting: metricsUrls},
	{name: 'kube-proxy', ports: [10_249], setting: metricsBindAddress},
];

/** Cheap: whether any component might listen on loopback on this port. */
export function mayBeOnLoopback(port: number | undefined): boolean {
	return port !== undefined && components.some(({ports}) => ports.includes(port));
}

/** The setting by which nothing but the node itself reaches a component's port. */
export function loopbackSetting(snapshot: Snapshot, pod: Pod, port: number): LoopbackSetting | undefined {
	if (!pod.hostNetwork || !mayBeOnLoopback(port)) {
		return undefined;
	}

	for (const container of pod.containers) {
		const component = components.find(({name, ports}) => ports.includes(port) && runs(container, name));
		const found = component?.setting({snapshot, pod, port, words: wordsOf([container])});
		if (found) {
			return found;
		}
	}

	return undefined;
}

/** By the container's name, as kubeadm gives it, and the image: another program may read a flag of this name otherwise. */
function runs({name, image}: Container, component: string): boolean {
	const last = image.split('@')[0]?.split('/').at(-1)?.split(':')[0] ?? '';
	return name === component && last.startsWith(component);
}

function bindAddress({pod, words}: Given): LoopbackSetting | undefined {
	const address = flagOf(words, 'bind-address');
	return address !== undefined && isLoopbackText(address)
		? inCommand(pod, `--bind-address=${address}`)
		: undefined;
}

/** A port may have several URLs: one of the pod network is enough. */
function metricsUrls({pod, words, port}: Given): LoopbackSetting | undefined {
	const value = flagOf(words, 'listen-metrics-urls') ?? '';
	const hosts = value.split(',').flatMap((url) => {
		const [, host = '', at] = /^https?:\/\/(.*):(\d+)\/?$/u.exec(url) ?? [];
		return Number(at) === port ? [host] : [];
	});
	return hosts.length > 0 && hosts.every(isLoopbackText)
		? inCommand(pod, `--listen-metrics-urls=${value}`)
		: undefined;
}

/** Where `--config` is given, flags do not count; empty is 127.0.0.1:10249 (pkg/proxy/apis/config/v1alpha1/defaults.go). */
function metricsBindAddress({snapshot, pod, words}: Given): LoopbackSetting | undefined {
	if (flagOf(words, 'config') === undefined) {
		const given = flagOf(words, 'metrics-bind-address');
		return given !== undefined && isLoopbackText(hostOf(given))
			? inCommand(pod, `--metrics-bind-address=${given}`)
			: undefined;
	}

	for (const [name, key] of proxyConfigs) {
		const config = snapshot.get('ConfigMap', pod.namespace, name)?.data[key];
		const given = config === undefined ? undefined : readProxyConfig(config).metricsBindAddress;
		if (given !== undefined) {
			return given === '' || isLoopbackText(hostOf(given))
				? {
						ref: {kind: 'ConfigMap', namespace: pod.namespace, name},
						path: 'data',
						value: `metricsBindAddress: ${given || '""'}`,
					}
				: undefined;
		}
	}

	return undefined;
}

/** Of kubeadm, and of EKS. */
const proxyConfigs = [
	['kube-proxy', 'config.conf'],
	['kube-proxy-config', 'config'],
] as const;

function inCommand(pod: Pod, value: string): LoopbackSetting {
	return {
		ref: refOf('Pod', pod),
		path: 'spec.containers[].command',
		value,
	};
}

function hostOf(address: string): string {
	return address.replace(/:\d+$/u, '');
}

function isLoopbackText(host: string): boolean {
	const ip = parseIp(host.replace(/^\[(.*)\]$/u, '$1'));
	return host === 'localhost' || (ip !== undefined && isLoopback(ip));
}
