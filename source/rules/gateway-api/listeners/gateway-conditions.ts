import type {Gateway, Listener} from '../../../model/routes/gateway.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {certificatesOf} from './certificates.ts';
import {conflictOf, invalidKinds, kindsOfProtocol} from './listeners.ts';
import type {Predicted} from '../route-conditions.ts';

/** Conditions of a listener as a controller that follows the specification would write them. */
export function listenerConditions(
	snapshot: Snapshot,
	gateway: Gateway,
	listener: Listener,
): readonly Predicted[] {
	const accepted = acceptedOf(gateway, listener);
	const resolved = resolvedRefsOf(snapshot, gateway, listener);
	const conflict = conflictOf(gateway, listener);
	return [
		accepted,
		resolved,
		conflict
			? {type: 'Conflicted', status: 'True', reason: conflict}
			: {type: 'Conflicted', status: 'False', reason: 'NoConflicts'},
		programmedOf(accepted, resolved),
	];
}

function programmedOf(...needed: readonly Predicted[]): Predicted {
	const type = 'Programmed';
	if (needed.some(({status}) => status === 'False')) {
		return {type, status: 'False', reason: 'Invalid'};
	}

	return needed.every(({status}) => status === 'True')
		? {type, status: 'True', reason: 'Programmed'}
		: {type, status: 'Unknown', reason: 'Pending'};
}

function acceptedOf(gateway: Gateway, listener: Listener): Predicted {
	// HBONE is Istio's own, which its waypoints and gateways between networks take (istio.io, Configure waypoint proxies).
	if (kindsOfProtocol(listener).length === 0 && listener.protocol !== 'HBONE') {
		return {type: 'Accepted', status: 'False', reason: 'UnsupportedProtocol'};
	}

	return conflictOf(gateway, listener)
		? {type: 'Accepted', status: 'False', reason: 'Invalid'}
		: {type: 'Accepted', status: 'True', reason: 'Accepted'};
}

function resolvedRefsOf(snapshot: Snapshot, gateway: Gateway, listener: Listener): Predicted {
	const type = 'ResolvedRefs';
	if (invalidKinds(listener).length > 0) {
		return {type, status: 'False', reason: 'InvalidRouteKinds'};
	}

	const certificates = certificatesOf(snapshot, gateway, listener);
	switch (certificates) {
		case 'resolved':
			return {type, status: 'True', reason: 'ResolvedRefs'};
		case 'unknown':
			return {type, status: 'Unknown', reason: 'Pending'};
		case 'RefNotPermitted':
		case 'InvalidCertificateRef':
			return {type, status: 'False', reason: certificates};
	}
}
