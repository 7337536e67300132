import type {Snapshot} from '../../../model/snapshot.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {ServedGateway} from './served-gateway.ts';
import {listenerPortsFor, isUnresolvedPort} from '../../../rules/gateway-api/listeners/listener-ports.ts';
import {speaks} from '../../../rules/gateway-api/select.ts';
import {matchesHostname} from '../../../rules/gateway-api/listeners/hostnames.ts';
import type {Gateway, Listener} from '../../../model/routes/gateway.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {HopContext} from '../../hop-evaluator.ts';
import type {GatewayInput} from './gateway-input.ts';
import {listenersFor} from '../../../rules/gateway-api/listeners/listeners.ts';
import {listenersIn} from '../../../rules/gateway-api/listeners/listener-sets.ts';
import {profileOf} from '../../../rules/gateway-api/profile.ts';

/** Where no Service maps the client's port, or to none that is known, listeners that could have answered are taken to be meant. */
export function portsOf(
	snapshot: Snapshot,
	request: HttpRequest,
	{gateway, controller}: ServedGateway,
): readonly number[] {
	const ports = listenerPortsFor(snapshot, controller, {gateway, clientPort: request.port});
	const isMapped = controller.services.length > 0 && !isUnresolvedPort(snapshot, controller, request.port);
	return ports.length > 0 || isMapped
		? ports
		: gateway.listeners
				.filter(
					({protocol, hostname}) =>
						speaks(protocol, request.scheme) && matchesHostname(hostname, request.host),
				)
				.map(({port}) => port);
}

type Serving = {
	readonly gateway: Gateway;
	readonly controller: Controller;
	readonly listenerPorts: readonly number[];
};

export function neededListeners(
	{request}: HopContext,
	{listener, set}: GatewayInput,
	{gateway, controller, listenerPorts}: Serving,
): readonly Listener[] | undefined {
	if (listener !== undefined) {
		return gateway.listeners.filter(({name}) => name === listener);
	}

	if (set) {
		return listenersIn(gateway, set);
	}

	if (!request) {
		return undefined;
	}

	const all = listenerPorts.flatMap((port) => listenersFor(gateway, {port, host: request.host}));
	// A TCP listener of the port takes what no listener for HTTP does.
	const http = all.filter(({protocol}) => protocol === 'HTTP' || protocol === 'HTTPS');
	const fitting = http.length > 0 ? http : all;
	return profileOf(controller).isolatesListeners ? fitting.slice(0, 1) : fitting;
}
