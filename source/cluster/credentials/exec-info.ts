import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import type {ClusterEntry, ExecConfig} from '../kubeconfig/kubeconfig.ts';

/** The KUBERNETES_EXEC_INFO that tells a plugin what is asked of it: an ExecCredential with a spec. */
export async function execInfo(
	exec: ExecConfig,
	cluster: ClusterEntry,
	interactive: boolean,
): Promise<string> {
	return JSON.stringify({
		kind: 'ExecCredential',
		apiVersion: exec.apiVersion,
		spec: {
			cluster: exec.provideClusterInfo ? await clusterInfo(cluster) : undefined,
			interactive,
		},
	});
}

async function clusterInfo(cluster: ClusterEntry): Promise<object> {
	return {
		server: cluster.server,
		'tls-server-name': cluster.tlsServerName || undefined,
		'insecure-skip-tls-verify': cluster.insecureSkipTlsVerify ? true : undefined,
		...(await authorityData(cluster)),
		'proxy-url': cluster.proxyUrl || undefined,
		'disable-compression': cluster.disableCompression ? true : undefined,
		config: cluster.execExtension,
	};
}

/** A file is handed over as its content (client-go rest.ConfigToExecCluster). */
async function authorityData(cluster: ClusterEntry): Promise<object> {
	if (cluster.certificateAuthorityData) {
		return {'certificate-authority-data': cluster.certificateAuthorityData};
	}

	return cluster.certificateAuthority
		? {
				'certificate-authority-data': Buffer.from(await readFile(cluster.certificateAuthority)).toString(
					'base64',
				),
			}
		: {};
}
