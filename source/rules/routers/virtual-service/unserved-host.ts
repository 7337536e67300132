import type {HttpRequest} from '../../../model/request.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import type {Workload} from '../../../model/workloads/workload.ts';
import {allWorkloads} from '../../all-workloads.ts';
import {matchHost} from '../../host-match.ts';
import {isHttp, serversOf} from '../../istio/servers.ts';
import {gatewaysFor, isGatewayProxy} from './proxy.ts';
import {hostsOf} from './requests.ts';

/**
Whether every gateway that runs answers 404 to the request, as Envoy does to a host that no VirtualService brings to a port of HTTP
(gateway.go, buildGatewayHTTPRouteConfig: no virtual host, or `blackhole`).
*/
export function isUnknownHost(snapshot: Snapshot, request: HttpRequest): boolean {
	const proxies = allWorkloads(snapshot).filter(({workload}) => isGatewayProxy(workload));
	return (
		request.scheme === 'http' &&
		isKnown(snapshot.state('IstioGateway')) &&
		isKnown(snapshot.state('VirtualService')) &&
		!isTaken(snapshot, request) &&
		proxies.length > 0 &&
		proxies.every(({workload}) => listensFor(snapshot, workload, request.port))
	);
}

function isTaken(snapshot: Snapshot, {host}: HttpRequest): boolean {
	return snapshot
		.list('VirtualService')
		.some(
			(object) =>
				gatewaysFor(snapshot, object).length > 0 &&
				hostsOf(object).some((name) => matchHost(name, host, {wildcard: 'suffix'}) > 0),
		);
}

/** A server that redirects to https, or one of another protocol, has another answer. */
function listensFor(
	snapshot: Snapshot,
	{namespace, templateLabels: labels}: Workload,
	port: number,
): boolean {
	const servers = serversOf(snapshot.list('IstioGateway'), {namespace, labels, services: []}).filter(
		({server, lostTo}) => server.port.number === port && !lostTo,
	);
	return servers.length > 0 && servers.every(({server}) => isHttp(server) && !server.tls?.httpsRedirect);
}
