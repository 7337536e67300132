import {interactiveModeOf} from '../../../source/cluster/kubeconfig/verify.ts';
import type {
	ClusterEntry,
	ContextEntry,
	Kubeconfig,
	UserEntry,
} from '../../../source/cluster/kubeconfig/kubeconfig.ts';

/** A kubeconfig as `kubectl config view --raw -o json` prints it. */
export function asKubectlPrints(kubeconfig: Kubeconfig): unknown {
	return {
		kind: 'Config',
		apiVersion: 'v1',
		clusters: list(kubeconfig.clusters, 'cluster', cluster),
		users: list(kubeconfig.users, 'user', user),
		contexts: list(kubeconfig.contexts, 'context', context),
		'current-context': kubeconfig.currentContext ?? '',
	};
}

function list<T>(entries: ReadonlyMap<string, T>, key: string, print: (entry: T) => object): unknown {
	const items = [...entries]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, entry]) => ({name, [key]: defined(print(entry))}));
	return items.length === 0 ? null : items;
}

function cluster(entry: ClusterEntry): object {
	return {
		server: entry.server ?? '',
		'tls-server-name': entry.tlsServerName,
		'insecure-skip-tls-verify': entry.insecureSkipTlsVerify || undefined,
		'certificate-authority': entry.certificateAuthority,
		'certificate-authority-data': entry.certificateAuthorityData,
		'proxy-url': entry.proxyUrl,
		'disable-compression': entry.disableCompression || undefined,
		extensions:
			entry.execExtension === undefined
				? undefined
				: [{name: 'client.authentication.k8s.io/exec', extension: entry.execExtension}],
	};
}

function user(entry: UserEntry): object {
	return {
		'client-certificate': entry.clientCertificate,
		'client-certificate-data': entry.clientCertificateData,
		'client-key': entry.clientKey,
		'client-key-data': entry.clientKeyData,
		token: entry.token,
		tokenFile: entry.tokenFile,
		username: entry.username,
		password: entry.password,
		as: entry.impersonate,
		'as-uid': entry.impersonateUid,
		'as-groups': entry.impersonateGroups,
		'as-user-extra': entry.impersonateExtra,
		'auth-provider': entry.authProvider && {
			name: entry.authProvider.name,
			config: Object.keys(entry.authProvider.config).length === 0 ? null : entry.authProvider.config,
		},
		exec: entry.exec && {
			apiVersion: entry.exec.apiVersion,
			command: entry.exec.command,
			args: entry.exec.args.length === 0 ? null : entry.exec.args,
			env: entry.exec.env.length === 0 ? null : entry.exec.env,
			installHint: entry.exec.installHint,
			provideClusterInfo: entry.exec.provideClusterInfo,
			interactiveMode: interactiveModeOf(entry.exec),
		},
	};
}

function context(entry: ContextEntry): object {
	return {cluster: entry.cluster ?? '', user: entry.user ?? '', namespace: entry.namespace};
}

function defined(entry: object): object {
	return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}
