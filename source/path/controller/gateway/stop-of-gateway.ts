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

function attachedRoutes({listenerStatus}: Gateway, listener: string): number {
	return listenerStatus.find(({name}) => name === listener)?.attachedRoutes ?? 0;
}

function stopOfListeners(
	snapshot: Snapshot,
	{gateway, needed}: {readonly gateway: Gateway; readonly needed: readonly Listener[]},
	profile: GatewayProfile,
): StopReason {
	const {lostListener, answersForeignPorts} = profile;
	const accepted = (name: string) =>
		findCondition(
			gateway.listenerStatus.find((status) => status.name === name)?.conditions ?? [],
			'Accepted',
		);
	if (answersForeignPorts && needed.every(({name}) => accepted(name)?.reason === 'PortUnavailable')) {
		return 'no-rule';
	}

	const takesTls = needed.some(({protocol}) => protocol !== 'HTTP');
	const open = gateway.listeners.filter(
		(listener) =>
			needed.some(({port}) => port === listener.port) && !problemOf({snapshot, gateway, profile}, listener),
	);
	if (lostListener && open.some(({protocol}) => protocol !== 'TCP')) {
		return takesTls ? 'tls-error' : 'no-rule';
	}

	// A TCPRoute takes the bytes, whatever they are.
	if (open.some(({name}) => attachedRoutes(gateway, name) > 0)) {
		return 'nobody';
	}

	return lostListener ?? 'nobody';
}
