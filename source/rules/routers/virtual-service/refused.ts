import type {VirtualService} from '../../../model/istio.ts';
import {isHttp, type ProxyServer} from '../../istio/servers.ts';
import {gatewayNamesOf} from './proxy.ts';

/**
Envoy refuses all routes of a port for one of several destinations without any weight ("WeightedClusters: value must contain at least
1 item"): what ran before stays, and later objects get 404 (seen on istiod of 2026-08-27 with Envoy 1.40.0).
*/
export function refusedByEnvoy(
	services: readonly VirtualService[],
	servers: readonly ProxyServer[],
): string | undefined {
	const gateways = new Set(
		servers.filter(({server}) => isHttp(server)).map(({gateway}) => `${gateway.namespace}/${gateway.name}`),
	);
	const found = services
		.filter((service) => gatewayNamesOf(service).some((name) => gateways.has(name)))
		.flatMap((service) => weightless(service))[0];
	return found && `Envoy refuses all routes of the port, for all weights of ${found} are 0`;
}

function weightless({namespace, name, http}: VirtualService): readonly string[] {
	return http
		.map(({route}, index) => ({route, index}))
		.filter(({route}) => route.length > 1 && route.every(({weight}) => weight === 0))
		.map(({index}) => `spec.http[${index}] of VirtualService ${namespace}/${name}`);
}
