import type {Gateway, Route} from '../../../model/routes/gateway.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {attachments} from './delegation.ts';
import {matchHost, type HostFit} from '../../host-match.ts';
import {withListenerSets} from './listener-sets.ts';
import {rememberRead} from '../../memoize.ts';
import {allRoutes, routesFor} from '../routes.ts';

type HostnameFit = Exclude<HostFit, 0>;

/** A Gateway that a request for a host may be meant for. It need not exist: a route may name one that does not. */
export type GatewayFor = {
	readonly gateway: {readonly namespace: string; readonly name: string};
	/** Routes with a parentRef to it that name the host, attached or not; those with the best fit. */
	readonly routes: readonly Route[];
	readonly fit: HostnameFit;
};

/**
Gateways (existing or only named) that could serve a host: by the hostnames of routes that name them, or by a listener's own
hostname. The best fit first. `focus` keeps to routes of one namespace, or to one route or Gateway.
*/
export function gatewaysFor(
	snapshot: Snapshot,
	host: string,
	focus: {
		readonly namespace?: string;
		readonly object?: {readonly kind: string; readonly namespace?: string; readonly name: string};
	} = {},
): readonly GatewayFor[] {
	const {namespace, object} = focus;
	if (!object) {
		return ofHost(snapshot, snapshot.version, JSON.stringify([host, namespace]));
	}

	const routes = allRoutes(snapshot, namespace).filter((route) =>
		isRequested(route.routeKind, route, object),
	);
	const gateways = gatewaysIn(snapshot, namespace).filter((gateway) =>
		isRequested('Gateway', gateway, object),
	);
	const all = [
		...routes.flatMap((route) => named(snapshot, route, host)),
		...gateways.flatMap((gateway) => ofListeners(gateway, host)),
	];
	return merged(all.filter((item) => isWanted(item, object)));
}

// Every entry of a host asks for the same.
const ofHost = rememberRead((snapshot, _all, key): readonly GatewayFor[] => {
	const [host, namespace] = JSON.parse(key) as [string, string | null];
	return merged([
		...routesFor(snapshot, host, namespace ?? undefined).flatMap((route) => named(snapshot, route, host)),
		...gatewaysIn(snapshot, namespace ?? undefined).flatMap((gateway) => ofListeners(gateway, host)),
	]);
});

function gatewaysIn(snapshot: Snapshot, namespace: string | undefined): readonly Gateway[] {
	return snapshot.list('Gateway', namespace).map((gateway) => withListenerSets(snapshot, gateway));
}

type Focused = {readonly kind: string; readonly namespace?: string; readonly name: string};

/** A Gateway in focus is looked for among the parents of every route; a route in focus excludes all else. */
function isRequested(
	kind: string,
	{namespace, name}: {readonly namespace: string; readonly name: string},
	object: Focused | undefined,
): boolean {
	return (
		!object ||
		(object.kind === 'Gateway' && kind !== 'Gateway') ||
		(object.kind === kind && object.namespace === namespace && object.name === name)
	);
}

function isWanted({gateway}: GatewayFor, object: Focused | undefined): boolean {
	return (
		object?.kind !== 'Gateway' || (object.namespace === gateway.namespace && object.name === gateway.name)
	);
}

function named(snapshot: Snapshot, route: Route, host: string): readonly GatewayFor[] {
	const own = fitOf(route.hostnames, host);
	if (own === undefined && route.hostnames.length > 0) {
		return [];
	}

	return attachments(snapshot, route).flatMap(({gatewayName, answers}) => {
		// A route without hostnames takes those of its listeners.
		const ofListeners = answers.map(({listener}) => listener.hostname);
		const fit = own ?? fitOf([...ofListeners, ''], host) ?? 1;
		return gatewayName ? [{gateway: gatewayName, routes: [route], fit}] : [];
	});
}

function ofListeners(gateway: Gateway, host: string): readonly GatewayFor[] {
	const {namespace, name, listeners} = gateway;
	const fit = fitOf(listeners.map(({hostname}) => hostname).filter(Boolean), host);
	return fit === undefined ? [] : [{gateway: {namespace, name}, routes: [], fit}];
}

function fitOf(hostnames: readonly string[], host: string): HostnameFit | undefined {
	const fit = hostnames.reduce<HostFit>((best, hostname) => {
		const each = matchHost(hostname, host, {wildcard: 'suffix'});
		return each > best ? each : best;
	}, 0);
	return fit === 0 ? undefined : fit;
}

function merged(all: readonly GatewayFor[]): readonly GatewayFor[] {
	const groups = Map.groupBy(all, ({gateway}) => `${gateway.namespace}/${gateway.name}`);
	return [...groups.values()]
		.map((items) => {
			const fit = items.reduce<HostnameFit>((best, item) => (item.fit > best ? item.fit : best), 1);
			const best = items.filter((item) => item.fit === fit);
			return {
				gateway: items[0]!.gateway,
				routes: [...new Set(best.flatMap(({routes}) => routes))],
				fit,
			};
		})
		.toSorted((left, right) => right.fit - left.fit);
}
