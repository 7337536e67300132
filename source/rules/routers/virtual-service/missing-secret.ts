import {type Case, serverPlace} from './case.ts';
import type {ProxyServer} from '../../istio/servers.ts';
import type {RouterProblem} from '../router.ts';
import {lookup} from '../../../model/snapshot.ts';

/** Without the Secret Envoy has no certificate, and closes every handshake. */
export function missingSecret({snapshot, proxy}: Case, server: ProxyServer): readonly RouterProblem[] {
	return (server.server.tls?.credentialNames ?? []).flatMap((credential) => {
		const [namespace, name] = secretName(credential, proxy.namespace);
		const found = name === undefined ? undefined : lookup(snapshot, 'Secret', namespace, name);
		return found && 'missing' in found
			? [
					{
						...serverPlace(server, 'tls.credentialName', credential),
						type: 'no-secret' as const,
						namespace,
						why: `Secret ${namespace}/${name} does not exist`,
						ends: 'tls-error' as const,
					},
				]
			: [];
	});
}

/** In the namespace of the proxies, unless another stands before it (pilot/pkg/model/credentials/resource.go). */
function secretName(credential: string, own: string): readonly [string, string?] {
	const text = credential.replace(/^kubernetes(?:-gateway)?:\/\//u, '');
	const [first = '', name] = text.split('/');
	return text.includes('://') ? [own] : name === undefined ? [own, first] : [first, name];
}
