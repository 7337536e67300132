import type {Gateway, Listener} from '../../model/gateway.ts';
import {lookup, type Snapshot} from '../../model/snapshot.ts';
import {grantOf} from './grants.ts';
import {gatewayGroup} from './listeners.ts';

type CertificateState = 'resolved' | 'RefNotPermitted' | 'InvalidCertificateRef' | 'unknown';

/** Whether the certificates of a listener can be read: all must be (apis/v1 GatewayTLSConfig.certificateRefs). */
export function certificatesOf(snapshot: Snapshot, gateway: Gateway, listener: Listener): CertificateState {
	const states = certificateRefsOf(listener).map((ref) => certificateOf(snapshot, gateway, ref));
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
	const ref = certificateRefsOf(listener).find((each) => certificateOf(snapshot, gateway, each) === state);
	return ref && {...ref, namespace: ref.namespace ?? gateway.namespace};
}

/** Passed through, TLS ends at the backend: the listener needs none. */
function certificateRefsOf({tls}: Listener): readonly CertificateRef[] {
	return tls?.mode === 'Terminate' ? tls.certificateRefs : [];
}

type CertificateRef = NonNullable<Listener['tls']>['certificateRefs'][number];

function certificateOf(snapshot: Snapshot, gateway: Gateway, ref: CertificateRef): CertificateState {
	if (ref.group !== '' || ref.kind !== 'Secret') {
		return 'InvalidCertificateRef';
	}

	const namespace = ref.namespace ?? gateway.namespace;
	const grant = grantOf(snapshot, {
		from: {group: gatewayGroup, kind: 'Gateway', namespace: gateway.namespace},
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
