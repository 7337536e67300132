import type {V1ConfigMap} from '@kubernetes/client-node';
import {
	asAddresses,
	asHost,
	asSources,
	asIs,
	asList,
	keptOfAntreaConfig,
	keptOfCorefile,
	keptOfDirectives,
	keptOfHosts,
	keptOfKubeletConfig,
	keptOfMeshConfig,
	keptOfProxyConfig,
} from './documents.ts';
import type {ConfigMap} from '../../model/settings/config-map.ts';
import {projectMeta} from '../meta.ts';
import {keptOfSettingsFile} from './settings-file.ts';
import {safeLines} from '../../model/safe-text/safe.ts';
import {record, type WireOf} from '../wire.ts';

// Other keys, and other ConfigMaps, may hold anything (kubeconfig.conf is one): they are not kept.
const wanted = new Map([
	['Corefile', keptOfCorefile],
	// k3s's Corefile reads the names of nodes from it.
	['NodeHosts', keptOfHosts],
	// Of ConfigMap kube-dns.
	['stubDomains', (text: string) => text.match(/"[\w.-]+"\s*:\s*\[[^\]]*\]/gu)?.join(',') ?? ''],
	['config.conf', keptOfProxyConfig],
	['config', keptOfProxyConfig],
	['kubelet', keptOfKubeletConfig],
	['antrea-agent.conf', keptOfAntreaConfig],
	// Of ConfigMap cilium-config, which has a key for every option.
	['kube-proxy-replacement', asIs],
	['enable-policy', asIs],
	['cluster-id', asIs],
	['enable-k8s-networkpolicy', asIs],
	['policy-cidr-match-mode', asIs],
	['enable-gateway-api-app-protocol', asIs],
	['enable-gateway-api-alpn', asIs],
	['gateway-api-hostnetwork-enabled', asIs],
	['nodeport-addresses', asAddresses],
	['enable-host-port', asIs],
	['cni-chaining-mode', asIs],
	['ingress-hostnetwork-enabled', asIs],
	['ingress-hostnetwork-shared-listener-port', asIs],
	['ingress-hostnetwork-http-listener-port', asIs],
	['ingress-hostnetwork-https-listener-port', asIs],
	['ingress-default-lb-mode', asIs],
	['enforce-ingress-https', asIs],
	['ingress-default-secret-name', asIs],
	// Only the default in the ConfigMap of Consul's servers, which holds where no intention is about a pod.
	['acl-config.json', (text: string) => /"default_policy"\s*:\s*"\w+"/u.exec(text)?.[0] ?? ''],
	// Of ConfigMap istio.
	['mesh', keptOfMeshConfig],
	// Of the ConfigMaps that ingress-nginx, NGINX Inc and both HAProxy controllers read.
	['use-proxy-protocol', asIs],
	// At NGINX Inc a switch, at HAProxy Technologies the addresses of the proxies.
	['proxy-protocol', (text: string) => asIs(text) || asAddresses(text)],
	['redirect-to-https', asIs],
	['use-forwarded-headers', asIs],
	['ssl-redirect', asIs],
	['ssl-redirect-code', asIs],
	['ssl-always-add-https', asIs],
	['redirect-from-code', asIs],
	['redirect-to-code', asIs],
	['backend-protocol', asIs],
	['secure-backends', asIs],
	['force-ssl-redirect', asIs],
	['http-redirect-code', asIs],
	['no-tls-redirect-locations', asList],
	['service-upstream', asIs],
	['annotations-risk-level', asIs],
	['allow-snippet-annotations', asIs],
	['allowlist-source-range', asAddresses],
	['whitelist-source-range', asAddresses],
	['denylist-source-range', asAddresses],
	['path-type', asIs],
	['path-type-order', asList],
	['strict-host', asIs],
	// Of HAProxy Technologies' controller.
	['client-ca', asList],
	['client-crt-optional', asIs],
	['ssl-redirect-port', asIs],
	['ssl-passthrough', asIs],
	['request-redirect', asHost],
	['request-redirect-code', asIs],
	['allow-list', asSources],
	['whitelist', asSources],
	['deny-list', asSources],
	['blacklist', asSources],
	['auth-type', asIs],
	// That there is one: it is not read.
	['traefik.toml', () => ''],
	['main-snippet', () => ''],
	['http-snippet', () => ''],
	['server-snippet', () => ''],
	['stream-snippet', () => ''],
	['http-snippets', () => ''],
	['server-snippets', () => ''],
	['stream-snippets', () => ''],
	['main-template', () => ''],
]);

/** What the Corefile of AKS, k3s and DigitalOcean imports: into its server block, and beside it. */
const imported: readonly (readonly [RegExp, (text: string) => string])[] = [
	[/\.override$/u, keptOfDirectives],
	[/\.server$/u, keptOfCorefile],
];

/** The configuration files of Contour and Traefik. */
const settingsFile = /^(?:contour|traefik|static|config)\.ya?ml$/u;

export function projectConfigMap(wire: WireOf<V1ConfigMap>): ConfigMap {
	return {...projectMeta(wire), data: keptData(wire['data'])};
}

/** What walks read of `data`. */
export function keptData(data: unknown): ConfigMap['data'] {
	const entries = Object.entries(record(data)).flatMap(([key, value]) => {
		const keep = settingsFile.test(key)
			? keptOfSettingsFile
			: (wanted.get(key) ?? imported.find(([name]) => name.test(key))?.[1]);
		const kept = typeof value === 'string' ? keep?.(safeLines(value)) : undefined;
		return kept === undefined ? [] : [[key, kept] as const];
	});
	return Object.fromEntries(entries);
}
