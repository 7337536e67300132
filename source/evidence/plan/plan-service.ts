import {joinHostPort, parseIp} from '../../model/matching/ip.ts';
import {isHeadless} from '../../model/services/service.ts';
import {fromMachine} from '../gather/from-machine.ts';
import {throughProxy} from '../gather/through-proxy.ts';
import {versionsOf} from '../of.ts';
import type {Check} from '../probe.ts';
import {isHttp, isHttps} from './is-http.ts';
import {detailsOf, type ProbeContext} from './probe-context.ts';

/** The Service through the API server, which picks an endpoint itself, and its address directly where there is a way. */
export function planService({snapshot, service, port, request, path}: ProbeContext): readonly Check[] {
	if (!service || !port || port.protocol !== 'TCP' || service.type === 'ExternalName') {
		return [];
	}

	const {namespace, name} = service;
	const slices = snapshot.slicesOf(namespace, name);
	const of = versionsOf([['Service', service], ...slices.map((slice) => ['EndpointSlice', slice] as const)]);
	const address = service.clusterIPs.find((ip) => parseIp(ip)) ?? '';
	const pods = (detailsOf(path, 'pod')?.pods ?? []).flatMap(
		(pod) => snapshot.get('Pod', pod.namespace ?? namespace, pod.name) ?? [],
	);
	const scheme = isHttps(port) ? 'https' : 'http';
	const urlPath = request?.urlPath ?? '/';
	const permission = `get services/proxy in namespace ${namespace}`;
	const target = {kind: 'services', namespace, name, port: port.port, scheme, urlPath, address} as const;
	return [
		...((request ? request.method : isHttp(port, pods))
			? [
					{
						sentence: `GET ${scheme}://${name}.${namespace}:${port.port}${urlPath}, from the API server (services/proxy)`,
						permission,
						of,
						run: (tools) => throughProxy({...target, permission, of}, tools),
					} satisfies Check,
				]
			: []),
		...(address === '' || isHeadless(service)
			? []
			: [
					{
						sentence: `TCP connection, from this machine to ${joinHostPort(address, port.port)} (Service ${namespace}/${name})`,
						needsPodNetwork: true,
						of,
						run: (tools) => fromMachine({address, port: port.port, of}, tools),
					} satisfies Check,
				]),
	];
}
