import type {VirtualService} from '../../../model/istio.ts';
import {memoize} from '../../memo.ts';
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
	const found = withoutWeight(services).find(({service}) =>
		gatewayNamesOf(service).some((name) => gateways.has(name)),
	);
	return (
		found &&
		`Envoy refuses all routes of the port, because all weights of spec.http[${found.index}] of VirtualService ${found.service.namespace}/${found.service.name} are 0`
	);
}

/** Of thousands hardly one: they are looked for once, not for each request. */
const withoutWeight = memoize((services: readonly VirtualService[]) =>
	services
		.map((service) => ({service, index: service.http.findIndex(({route}) => isWithoutWeight(route))}))
		.filter(({index}) => index >= 0),
);

function isWithoutWeight(route: VirtualService['http'][number]['route']): boolean {
	return route.length > 1 && route.every(({weight}) => weight === 0);
}
