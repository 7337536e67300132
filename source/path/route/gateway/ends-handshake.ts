import {profileOf} from '../../../rules/gateway-api/profile.ts';
import {leftOutBare, type Selection} from '../../../rules/gateway-api/select.ts';
import type {GatewayRouteInput} from './routing.ts';

/** The port takes no TLS, or the controller has no certificate where no rule of the listener is for the host. */
export function endsHandshake(
	{gateway, controller, listenerPort}: GatewayRouteInput,
	selection: Selection,
): boolean {
	const {takesTlsAnywhere, tlsByRoutes, tlsByListener} = profileOf(controller);
	const ofPort = gateway.listeners.filter(({port}) => port === listenerPort);
	// A listener for TLSRoutes has a certificate, or a way on, for their names alone.
	const isForNames =
		selection.listeners.length > 0 &&
		ofPort.every(({name, protocol}) => protocol === 'TLS' || !selection.listeners.includes(name));
	const isPlain = ofPort.some(({protocol}) => protocol === 'HTTP');
	return selection.listeners.length === 0
		? !takesTlsAnywhere && (isPlain || (tlsByListener && ofPort.length > 0))
		: (!takesTlsAnywhere && tlsByListener && isForNames) ||
				(tlsByRoutes && selection.losers.every(({why}) => why === leftOutBare));
}
