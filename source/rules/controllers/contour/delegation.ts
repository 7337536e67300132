import {isKnown, type Snapshot} from '../../../model/snapshot.ts';

/**
LookupTLSSecret and delegationPermitted (internal/dag/cache.go): a Secret of another namespace needs a TLSCertificateDelegation beside
it that names both. Undefined: they cannot be read.
*/
export function isDelegated(
	snapshot: Snapshot,
	secret: {readonly namespace: string; readonly name: string},
	to: string,
): boolean | undefined {
	if (secret.namespace === to) {
		return true;
	}

	const found = snapshot
		.list('TLSCertificateDelegation', secret.namespace)
		.flatMap(({delegations}) => delegations)
		.some(
			({secretName, targetNamespaces}) =>
				secretName === secret.name && (targetNamespaces.includes('*') || targetNamespaces.includes(to)),
		);
	return found || (isKnown(snapshot.state('TLSCertificateDelegation', secret.namespace)) ? found : undefined);
}
