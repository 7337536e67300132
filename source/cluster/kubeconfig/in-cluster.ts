import {readFile} from 'node:fs/promises';
import {isIPv6} from 'node:net';
import {join} from 'node:path';
import type {ConnectOptions} from '../connect-options.ts';
import {overrideUser, type ClusterAccess} from './access.ts';
import type {Environment} from './files.ts';

/** Where the kubelet mounts a pod's service account. */
const serviceAccountDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
Access as the pod that knet runs in (client-go rest.InClusterConfig), or undefined outside of one. Flags that kubectl
honours there: server, token, certificate authority, impersonation, namespace.
*/
export async function inClusterAccess(
	options: ConnectOptions,
	env: Environment,
	directory = serviceAccountDirectory,
): Promise<ClusterAccess | undefined> {
	const host = env['KUBERNETES_SERVICE_HOST'];
	const port = env['KUBERNETES_SERVICE_PORT'];
	const tokenFile = join(directory, 'token');
	if (!host || !port || (await readTrimmed(tokenFile)) === undefined) {
		return undefined;
	}

	return {
		context: 'in-cluster',
		clusterName: 'in-cluster',
		userName: 'service account',
		namespace: await namespaceOf(options, env, directory),
		cluster: {
			server: options.server ?? `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
			certificateAuthority: options.certificateAuthority ?? join(directory, 'ca.crt'),
			tlsServerName: options.tlsServerName,
		},
		user: overrideUser({tokenFile}, options),
	};
}

async function namespaceOf(options: ConnectOptions, env: Environment, directory: string): Promise<string> {
	return (
		options.namespace ||
		env['POD_NAMESPACE'] ||
		(await readTrimmed(join(directory, 'namespace'))) ||
		'default'
	);
}

async function readTrimmed(file: string): Promise<string | undefined> {
	try {
		return (await readFile(file, 'utf8')).trim();
	} catch {
		return undefined;
	}
}
