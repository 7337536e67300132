import type {V1ConfigMap} from '@kubernetes/client-node';
import {
	asIs,
	keptOfAntreaConfig,
	keptOfCorefile,
	keptOfKubeletConfig,
	keptOfProxyConfig,
} from './documents.ts';
import type {ConfigMap} from '../model/config-map.ts';
import {projectMeta} from './meta.ts';
import {safeLines} from '../model/safe.ts';
import {record, type WireOf} from './wire.ts';

// Other keys, and other ConfigMaps, may hold anything (kubeconfig.conf is one): they are not kept.
const wanted = new Map([
	['Corefile', keptOfCorefile],
	['config.conf', keptOfProxyConfig],
	['config', keptOfProxyConfig],
	['kubelet', keptOfKubeletConfig],
	['antrea-agent.conf', keptOfAntreaConfig],
	// Of ConfigMap cilium-config, which has a key for every option.
	['kube-proxy-replacement', asIs],
	['enable-policy', asIs],
	['enable-k8s-networkpolicy', asIs],
	['policy-cidr-match-mode', asIs],
	['enable-gateway-api-app-protocol', asIs],
	['enable-gateway-api-alpn', asIs],
	['gateway-api-hostnetwork-enabled', asIs],
	['ingress-hostnetwork-enabled', asIs],
	// Of ConfigMap istio only the root namespace.
	['mesh', (text: string) => /^rootNamespace:\s*["']?([\w-]+)/mu.exec(text)?.[1] ?? ''],
	// Of the ConfigMap that ingress-nginx reads.
	['use-proxy-protocol', asIs],
	['use-forwarded-headers', asIs],
]);

export function projectConfigMap(wire: WireOf<V1ConfigMap>): ConfigMap {
	return {...projectMeta(wire), data: keptData(wire['data'])};
}

/** What walks read of `data`. */
export function keptData(data: unknown): ConfigMap['data'] {
	const entries = Object.entries(record(data)).flatMap(([key, value]) => {
		const keep = wanted.get(key);
		return keep && typeof value === 'string' ? [[key, keep(safeLines(value))] as const] : [];
	});
	return Object.fromEntries(entries);
}
