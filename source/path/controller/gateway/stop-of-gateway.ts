import type {Snapshot} from '../../../model/snapshot.ts';
import type {ServedGateway} from './served-gateway.ts';
import type {HopStatus} from '../../hop.ts';
import type {Listener, Gateway} from '../../../model/routes/gateway.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {statusOf} from '../../hop-status.ts';
import {evaluateGatewayState} from './gateway-findings.ts';
import {profileOf, type GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import {findCondition} from '../../../model/meta.ts';
import {problemOf} from './listener-findings.ts';

/** What a client meets where the Gateway does not serve it. */
export function stopOf(
	snapshot: Snapshot,
	{gateway, controller, findings}: ServedGateway,
	{health, needed}: {readonly health: HopStatus; readonly needed: readonly Listener[] | undefined},
): StopReason {
	if (health === 'broken') {
		return 'no-endpoints';
	}

	const isOfListeners = statusOf([...findings, ...evaluateGatewayState(gateway, 'ready')]) !== 'broken';
	return isOfListeners && needed
		? stopOfListeners(snapshot, {gateway, needed}, profileOf(controller))
		: 'nobody';
}

function stopOfListeners(
	snapshot: Snapshot,
	{gateway, needed}: {readonly gateway: Gateway; readonly needed: readonly Listener[]},
	{lostListener, answersForeignPorts}: GatewayProfile,
): StopReason {
	const accepted = (name: string) =>
		findCondition(
			gateway.listenerStatus.find((status) => status.name === name)?.conditions ?? [],
			'Accepted',
		);
	if (answersForeignPorts && needed.every(({name}) => accepted(name)?.reason === 'PortUnavailable')) {
		return 'no-rule';
	}

	const takesTls = needed.some(({protocol}) => protocol !== 'HTTP');
	const isPortOpen = gateway.listeners.some(
		(listener) => needed.some(({port}) => port === listener.port) && !problemOf(snapshot, gateway, listener),
	);
	if (lostListener && isPortOpen) {
		return takesTls ? 'tls-error' : 'no-rule';
	}

	return lostListener ?? 'nobody';
}
