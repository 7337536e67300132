import type {ClusterAccess} from '../kubeconfig/access.ts';
import type {CredentialSource} from './credential.ts';
import {type ExecEnvironment, execSource} from './exec-source.ts';
import {fileSource} from './file-source.ts';
import {oidcSource} from './oidc-source.ts';

/**
Where the credentials of a user come from. An exec plugin runs only when the kubeconfig and flags hold nothing else
(client-go exec.UpdateTransportConfig), an auth-provider when they hold no token or password. Over plain http none is sent (clientcmd ClientConfig).
*/
export function credentialSource(access: ClusterAccess, environment: ExecEnvironment): CredentialSource {
	const {user, cluster} = access;
	if (!cluster.server.startsWith('https:')) {
		return fileSource({}, environment.clock);
	}

	const isAuthorized = user.token ?? user.tokenFile ?? user.username;
	const files = fileSource(user, environment.clock);
	if (user.authProvider && isAuthorized === undefined) {
		return oidcSource(user.authProvider, {...environment, beside: async () => files.current()});
	}

	const isHeld = isAuthorized ?? user.clientCertificate ?? user.clientCertificateData;
	return user.exec && isHeld === undefined ? execSource(user.exec, cluster, environment) : files;
}
