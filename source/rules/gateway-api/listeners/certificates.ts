import type {Gateway, Listener} from '../../../model/routes/gateway.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {grantOf} from '../grants.ts';
import {ownerOf} from './listener-sets.ts';
import {gatewayGroup} from './listeners.ts';

type CertificateState = 'resolved' | 'RefNotPermitted' | 'InvalidCertificateRef' | 'unknown';

/** Whether the certificates of a listener can be read: all must be (apis/v1 GatewayTLSConfig.certificateRefs). */
export function certificatesOf(snapshot: Snapshot, gateway: Gateway, listener: Listener): CertificateState {
	const owner = ownerOf(gateway, listener);
	const states = certificateRefsOf(listener).map((ref) => certificateOf(snapshot, owner, ref));
	return (
		(['RefNotPermitted', 'InvalidCertificateRef', 'unknown'] as const).find((state) =>
			states.includes(state),
		) ?? 'resolved'
	);
}

/** The first reference that is in the given state. */
export function certificateIn(
	snapshot: Snapshot,
	{gateway, listener, state}: {gateway: Gateway; listener: Listener; state: CertificateState},
): (CertificateRef & {readonly namespace: string}) | undefined {
	const owner = ownerOf(gateway, listener);
	const ref = certificateRefsOf(listener).find((each) => certificateOf(snapshot, owner, each) === state);
	return ref && {...ref, namespace: ref.namespace ?? owner.namespace};
}

/** Passed through, TLS ends at the backend: the listener needs none. */
function certificateRefsOf({tls}: Listener): readonly CertificateRef[] {
	return tls?.mode === 'Terminate' ? tls.certificateRefs : [];
}

type CertificateRef = NonNullable<Listener['tls']>['certificateRefs'][number];

function certificateOf(
	snapshot: Snapshot,
	owner: Required<ObjectRef>,
	ref: CertificateRef,
): CertificateState {
	if (ref.group !== '' || ref.kind !== 'Secret') {
		return 'InvalidCertificateRef';
	}

	const namespace = ref.namespace ?? owner.namespace;
	const grant = grantOf(snapshot, {
		from: {group: gatewayGroup, kind: owner.kind, namespace: owner.namespace},
		to: {group: '', kind: 'Secret', namespace, name: ref.name},
	});
	switch (grant.state) {
		case 'not-granted':
			return 'RefNotPermitted';
		case 'unknown':
			return 'unknown';
		case 'granted':
			return secretOf(snapshot, namespace, ref.name);
	}
}

function secretOf(snapshot: Snapshot, namespace: string, name: string): CertificateState {
	const found = lookup(snapshot, 'Secret', namespace, name);
	if ('unknown' in found) {
		return 'unknown';
	}

	// The type is known from files only; metadata alone says nothing against the Secret.
	const type = 'found' in found ? (found.found.type ?? tlsType) : undefined;
	return type === tlsType ? 'resolved' : 'InvalidCertificateRef';
}

const tlsType = 'kubernetes.io/tls';
