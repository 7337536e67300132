import type {ConnectOptions} from '../connect-options.ts';
import type {ClusterEntry, UserEntry} from './kubeconfig.ts';

/** Which cluster, as whom, by kubeconfig and flags together. */
export type ClusterAccess = {
	/** Names, for people: of the context, of its `clusters` and its `users` entry. May be empty. */
	readonly context: string;
	readonly clusterName: string;
	readonly userName: string;
	/** The namespace when none is named. */
	readonly namespace: string;
	readonly cluster: ClusterEntry & {readonly server: string};
	readonly user: UserEntry;
};

/** kubectl's flags over a cluster entry (clientcmd DirectClientConfig.getCluster). */
export function overrideCluster(cluster: ClusterEntry, options: ConnectOptions): ClusterEntry {
	const {server, tlsServerName, insecureSkipTlsVerify, certificateAuthority} = options;
	const {
		certificateAuthority: file,
		certificateAuthorityData,
		insecureSkipTlsVerify: insecure,
		...rest
	} = cluster;
	// One of the two flags takes the place of all that the entry says about verification.
	const verification =
		insecureSkipTlsVerify || certificateAuthority
			? {certificateAuthority, insecureSkipTlsVerify}
			: {certificateAuthority: file, certificateAuthorityData, insecureSkipTlsVerify: insecure};
	return {
		...rest,
		...verification,
		server: server ?? cluster.server,
		// Another server has another certificate: the entry's name for it no longer counts.
		tlsServerName: server === undefined ? (tlsServerName ?? cluster.tlsServerName) : tlsServerName,
	};
}

/** kubectl's flags over a user entry (clientcmd DirectClientConfig.getAuthInfo). */
export function overrideUser(user: UserEntry, options: ConnectOptions): UserEntry {
	const {token, clientCertificate, clientKey} = options;
	return {
		...user,
		token: token || user.token,
		tokenFile: token ? undefined : user.tokenFile,
		clientCertificate: clientCertificate || user.clientCertificate,
		clientCertificateData: clientCertificate ? undefined : user.clientCertificateData,
		clientKey: clientKey || user.clientKey,
		clientKeyData: clientKey ? undefined : user.clientKeyData,
		impersonate: options.as || user.impersonate,
		impersonateUid: options.asUid || user.impersonateUid,
		impersonateGroups: options.asGroups?.length ? options.asGroups : user.impersonateGroups,
	};
}
