import {UserError} from '../../errors.ts';
import type {ConnectOptions} from '../connect-options.ts';
import type {AuthProvider, ClusterEntry, ExecConfig, UserEntry} from './kubeconfig.ts';

/** What client-go refuses in a cluster entry (clientcmd validateClusterInfo, rest TLSConfigFor). */
export function verifyCluster(cluster: ClusterEntry, name: string): void {
	if (cluster.insecureSkipTlsVerify && (cluster.certificateAuthority || cluster.certificateAuthorityData)) {
		throw new UserError(
			`cluster "${name}" names a certificate authority and insecure-skip-tls-verify: only one can hold`,
		);
	}
}

/** What client-go refuses in a user entry (clientcmd validateAuthInfo), and the flag of a key that it would not use. */
export function verifyUser(user: UserEntry, name: string, options: ConnectOptions): void {
	const fail = (problem: string): never => {
		throw new UserError(`user "${name}" ${problem}`);
	};
	if (user.token && (user.username || user.password)) {
		fail('has a token and a password: only one can be used');
	}

	if ((user.clientCertificate || user.clientCertificateData) && !user.clientKey && !user.clientKeyData) {
		fail('has a client certificate without its key');
	}

	if (options.clientKey && !user.clientCertificate && !user.clientCertificateData) {
		fail('has no client certificate for the key of --client-key');
	}

	if (!user.impersonate && (user.impersonateUid || user.impersonateGroups || user.impersonateExtra)) {
		fail('is to act as a group or uid, but as no user: add --as');
	}

	if (user.authProvider) {
		verifyAuthProvider(user.authProvider, name);
	}

	if (user.authProvider && user.exec) {
		fail('has an exec plugin and an auth-provider: only one can be used');
	}

	if (user.exec) {
		verifyExec(user.exec, fail);
	}
}

/** gcp and azure went with Kubernetes 1.26; oidc is what kubectl still has (client-go plugin/pkg/client/auth). */
function verifyAuthProvider({name: provider, config}: AuthProvider, name: string): void {
	if (provider === 'gcp' || provider === 'azure') {
		throw new UserError(
			`user "${name}" uses the auth-provider "${provider}", which Kubernetes removed in 1.26`,
			'use the exec plugin of your cloud instead, as kubectl does',
		);
	}

	if (provider !== 'oidc') {
		throw new UserError(`user "${name}" uses the auth-provider "${provider}"; kubectl knows oidc only`);
	}

	const missing = ['idp-issuer-url', 'client-id'].find((key) => !config[key]);
	if (missing !== undefined) {
		throw new UserError(`user "${name}" uses the auth-provider "oidc" without ${missing}`);
	}
}

const apiVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

function verifyExec(exec: ExecConfig, fail: (problem: string) => never): void {
	if (exec.command === '') {
		fail('has an exec plugin without a command');
	}

	if (!apiVersions.includes(exec.apiVersion)) {
		fail(`has an exec plugin of apiVersion "${exec.apiVersion}"; known: ${apiVersions.join(', ')}`);
	}

	if (!['Never', 'IfAvailable', 'Always'].includes(interactiveModeOf(exec) ?? '')) {
		fail('has an exec plugin without a valid interactiveMode: Never, IfAvailable or Always');
	}
}

/** v1 must say it; v1beta1 may leave it out. */
export function interactiveModeOf(exec: ExecConfig): string | undefined {
	return exec.interactiveMode ?? (exec.apiVersion.endsWith('/v1beta1') ? 'IfAvailable' : undefined);
}
