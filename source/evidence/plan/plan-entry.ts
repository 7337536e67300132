import {joinHostPort, parseIp} from '../../model/ip.ts';
import type {Pod} from '../../model/pod.ts';
import type {Service} from '../../model/service.ts';
import {fromMachine} from '../gather/from-machine.ts';
import {throughPortForward} from '../gather/through-port-forward.ts';
import {versionsOf} from '../of.ts';
import type {Check} from '../probe.ts';
import {isHttp, isHttps} from './is-http.ts';
import {sample} from './sample.ts';
import {detailsOf, serviceAt, type Scene, type SceneRequest} from './scene.ts';

const mostAddresses = 5;
const mostPods = 5;

/** TCP, TLS and HTTP to the addresses that clients use, from this machine. */
export function planLoadBalancer(scene: Scene): readonly Check[] {
	const details = detailsOf(scene.path, 'load-balancer');
	const service = serviceAt(scene.snapshot, details?.service);
	const port = doorPort(scene, service);
	const request = scene.request ?? plainRequest(scene, service);
	const of = versionsOf([['Service', service]]);
	return port === undefined
		? []
		: sample(details?.addresses ?? [], mostAddresses).map((address) => ({
				sentence: `${askedText(request)}, from this machine to ${joinHostPort(address, port)}`,
				of,
				run: (tools) => fromMachine({address, port, request: authorityOf(request, address), of}, tools),
			}));
}

function doorPort({request, path}: Scene, service: Service | undefined): number | undefined {
	const details = detailsOf(path, 'load-balancer');
	return service?.type === 'NodePort' ? details?.nodePort : (request?.port ?? details?.port);
}

/** A Service asked for by itself: GET / where its port speaks HTTP. */
function plainRequest({port}: Scene, service: Service | undefined): SceneRequest | undefined {
	return service && port && isHttp(port)
		? {
				scheme: isHttps(port) ? 'https' : 'http',
				host: '',
				port: port.port,
				authority: '',
				urlPath: '/',
				method: 'GET',
			}
		: undefined;
}

/** A client that uses an address names it in the Host header (RFC 9110 §7.2). */
function authorityOf(request: SceneRequest | undefined, address: string): SceneRequest | undefined {
	return request && request.authority === ''
		? {...request, host: address, authority: joinHostPort(address, request.port)}
		: request;
}

function askedText(request: SceneRequest | undefined): string {
	if (!request) {
		return 'TCP connection';
	}

	const {scheme, host, authority, urlPath, method} = request;
	const hello = scheme === 'https' ? `TLS handshake${host === '' ? '' : ` for ${host}`} and ` : '';
	return `TCP connection, ${hello}${method} ${urlPath}${authority === '' ? '' : ` with Host ${authority}`}`;
}

/** The same request to each pod of the controller, past the load balancer. */
export function planController(scene: Scene): readonly Check[] {
	const {snapshot, request, path} = scene;
	const service = serviceAt(snapshot, detailsOf(path, 'load-balancer')?.service);
	if (!request || !service) {
		return [];
	}

	return sample(controllerPods(scene, service), mostPods).map(({pod, port}) => {
		const {namespace, name} = pod;
		const of = versionsOf([['Pod', pod]]);
		const permission = `create pods/portforward in namespace ${namespace}`;
		return {
			sentence: `${askedText(request)}, through a port-forward to pod ${namespace}/${name}, port ${port}`,
			permission,
			of,
			run: (tools) =>
				throughPortForward(
					{address: pod.podIPs[0] ?? '', port, pod: {namespace, name}, request, permission, of},
					tools,
				),
		};
	});
}

/** Ready pods behind the Service that exposes the controller, and the port that the client's leads to. */
function controllerPods(
	{snapshot, request}: Scene,
	service: Service,
): readonly {readonly pod: Pod; readonly port: number}[] {
	const asked = service.ports.find(({port}) => port === request?.port);
	const found = snapshot.slicesOf(service.namespace, service.name).flatMap(({ports, endpoints}) => {
		const port = ports.find(({name}) => asked && name === asked.name)?.port;
		return endpoints.flatMap(({ready, pod, addresses}) => {
			const object = pod && ready && snapshot.get('Pod', pod.namespace, pod.name);
			return object && port !== undefined && parseIp(addresses[0] ?? '') ? [{pod: object, port}] : [];
		});
	});
	return [...new Map(found.map((item) => [item.pod.name, item])).values()];
}
