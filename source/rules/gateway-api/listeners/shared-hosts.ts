import type {Gateway, Listener} from '../../../model/routes/gateway.ts';
import type {Attachment} from './attachment.ts';
import {conflictOf} from './listeners.ts';
import {plainHost} from '../../host-match.ts';

/** A host that two plain HTTP listeners of a port serve, each by a route of its own or by the same one. */
export type SharedHost = {readonly host: string; readonly hosts: readonly [Placed, Placed]};

type Placed = {readonly attachment: Attachment; readonly listener: Listener; readonly host: string};

/** The plain HTTP listeners of a port; of those that conflict none is served. */
export function plainListeners(gateway: Gateway, port: number): readonly Listener[] {
	return gateway.listeners.filter(
		(listener) =>
			listener.port === port && listener.protocol === 'HTTP' && conflictOf(gateway, listener) === undefined,
	);
}

/**
Envoy Gateway puts the plain HTTP listeners of a port into one route configuration, with the virtual hosts of each (addRouteToRouteConfig,
internal/xds/translator/translator.go). A host of a route that is the hostname of another listener is left to that one (computeHosts,
internal/gatewayapi/helpers.go). Any other host of two listeners is there twice, and Envoy refuses the configuration.
*/
export function sharedHost(
	attachments: readonly Attachment[],
	listeners: readonly Listener[],
): SharedHost | undefined {
	const seen = new Map<string, Placed>();
	for (const placed of attachments.flatMap((attachment) => placesOf(attachment, listeners))) {
		const first = seen.get(placed.host);
		if (first && first.listener.name !== placed.listener.name) {
			return {host: placed.host, hosts: [first, placed]};
		}

		seen.set(placed.host, first ?? placed);
	}

	return undefined;
}

function placesOf(attachment: Attachment, listeners: readonly Listener[]): readonly Placed[] {
	return attachment.answers.flatMap((answer) => {
		const isHere = listeners.some(({name}) => name === answer.listener.name);
		return answer.state === 'attached' && isHere
			? hostsOn(answer.listener, answer.hostnames, listeners)
					.filter(() => attachment.route.rules.length > 0)
					.map((host) => ({attachment, listener: answer.listener, host}))
			: [];
	});
}

function hostsOn(
	listener: Listener,
	hostnames: readonly string[],
	listeners: readonly Listener[],
): readonly string[] {
	const others = listeners
		.filter(({name}) => name !== listener.name)
		.map((other) => plainHost(other.hostname));
	return hostnames.map(plainHost).filter((host) => host === '' || !others.includes(host));
}
