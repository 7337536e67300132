import type {Snapshot} from '../../model/snapshot.ts';
import {httpReply} from './http-status.ts';
import {podListener} from './listener.ts';

export type ProxyReply =
	| {readonly status: number; readonly server: string}
	/** The API server's own words. */
	| {readonly status: number; readonly message: string};

const proxyPath =
	/^\/api\/v1\/namespaces\/(?<namespace>[^/]+)\/(?<kind>pods|services)\/(?<place>[^/]+)\/proxy(?<urlPath>\/.*)?$/u;

/** pods/proxy and services/proxy: undefined for any other path. */
export function answerProxy(snapshot: Snapshot, path: string): ProxyReply | undefined {
	const {namespace, kind, place, urlPath = '/'} = proxyPath.exec(path)?.groups ?? {};
	const [, name = '', port] = decodeURIComponent(place ?? '').split(':');
	if (namespace === undefined) {
		return undefined;
	}

	return kind === 'pods'
		? ofPod(snapshot, {namespace, name, port: Number(port)}, urlPath)
		: ofService(snapshot, {namespace, name, port: Number(port)}, urlPath);
}

type Place = {readonly namespace: string; readonly name: string; readonly port: number};

function ofPod(snapshot: Snapshot, {namespace, name, port}: Place, urlPath: string): ProxyReply {
	const pod = snapshot.get('Pod', namespace, name);
	if (!pod) {
		return {status: 404, message: `pods "${name}" not found`};
	}

	const listener = podListener(pod, port);
	return listener?.speaks === 'http'
		? httpReply(listener, snapshot, {host: '', urlPath})
		: {
				status: 503,
				message: `error trying to reach service: dial tcp ${pod.podIPs[0]}:${port}: connect: connection refused`,
			};
}

function ofService(snapshot: Snapshot, {namespace, name, port}: Place, urlPath: string): ProxyReply {
	const service = snapshot.get('Service', namespace, name);
	const portName = service?.ports.find((each) => each.port === port)?.name;
	const [first] = snapshot.slicesOf(namespace, name).flatMap(({ports, endpoints}) => {
		const target = ports.find((each) => each.name === portName)?.port;
		return endpoints.flatMap(({ready, pod}) => (ready && pod && target ? [{...pod, port: target}] : []));
	});
	if (!service) {
		return {status: 404, message: `services "${name}" not found`};
	}

	return first
		? ofPod(snapshot, first, urlPath)
		: {status: 503, message: `no endpoints available for service "${name}"`};
}
