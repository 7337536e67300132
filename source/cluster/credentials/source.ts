import type {ClusterAccess} from '../kubeconfig/access.ts';
import type {CredentialSource} from './credential.ts';
import {type ExecEnvironment, execSource} from './exec-source.ts';
import {fileSource} from './file-source.ts';

/**
Where the credentials of a user come from. An exec plugin runs only when the kubeconfig and flags hold nothing else
(client-go exec.UpdateTransportConfig). Over plain http none is sent (clientcmd ClientConfig).
*/
export function credentialSource(access: ClusterAccess, environment: ExecEnvironment): CredentialSource {
	const {user, cluster} = access;
	if (!cluster.server.startsWith('https:')) {
		return fileSource({}, environment.clock);
	}

	const isHeld =
		user.token ?? user.tokenFile ?? user.username ?? user.clientCertificate ?? user.clientCertificateData;
	return user.exec && isHeld === undefined
		? execSource(user.exec, cluster, environment)
		: fileSource(user, environment.clock);
}
