import {joinHostPort, parseIp} from '../../model/matching/ip.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Service} from '../../model/services/service.ts';
import {fromMachine} from '../gather/from-machine.ts';
import {throughPortForward} from '../gather/through-port-forward.ts';
import {versionsOf} from '../of.ts';
import type {Check} from '../probe.ts';
import {isHttp, isHttps} from './is-http.ts';
import {sample} from './sample.ts';
import {detailsOf, serviceAt, type ProbeContext, type ProbeRequest} from './probe-context.ts';

const mostAddresses = 5;
const mostPods = 5;

/** TCP, TLS and HTTP to the addresses that clients use, from this machine. */
export function planLoadBalancer(probeContext: ProbeContext): readonly Check[] {
	const details = detailsOf(probeContext.path, 'load-balancer');
	const service = serviceAt(probeContext.snapshot, details?.service);
	const port = frontendPort(probeContext, service);
	const request = probeContext.request ?? plainRequest(probeContext, service);
	const of = versionsOf([['Service', service]]);
	return port === undefined
		? []
		: sample(details?.addresses ?? [], mostAddresses).map((address) => ({
				sentence: `${requestedText(request)}, from this machine to ${joinHostPort(address, port)}`,
				of,
				run: (tools) => fromMachine({address, port, request: authorityOf(request, address), of}, tools),
			}));
}

function frontendPort({request, path}: ProbeContext, service: Service | undefined): number | undefined {
	const details = detailsOf(path, 'load-balancer');
	return service?.type === 'NodePort' ? details?.nodePort : (request?.port ?? details?.port);
}

/** A Service asked for by itself: GET / where its port speaks HTTP. */
function plainRequest({port}: ProbeContext, service: Service | undefined): ProbeRequest | undefined {
	return service && port && isHttp(port)
		? {
				scheme: isHttps(port) ? 'https' : 'http',
				serverName: '',
				host: '',
				port: port.port,
				authority: '',
				urlPath: '/',
				method: 'GET',
				headers: [],
			}
		: undefined;
}

/** A client that uses an address names it in the Host header (RFC 9110 §7.2). */
function authorityOf(request: ProbeRequest | undefined, address: string): ProbeRequest | undefined {
	return request && request.authority === ''
		? {...request, serverName: address, host: address, authority: joinHostPort(address, request.port)}
		: request;
}

function requestedText(request: ProbeRequest | undefined): string {
	if (!request) {
		return 'TCP connection';
	}

	const {scheme, serverName, authority, urlPath, method, headers} = request;
	const hello = `TLS handshake${serverName === '' ? '' : ` for ${serverName}`}`;
	const names = [...new Set(headers.map(({name}) => name.toLowerCase()))].join(', ');
	const host = authority === '' ? [] : [`Host ${authority}`];
	const besides = names === '' ? host : [...host, `header${names.includes(',') ? 's' : ''} ${names}`];
	const ask = `${method} ${urlPath}${besides.length > 0 ? ` with ${besides.join(' and ')}` : ''}`;
	const steps = [...(scheme === 'https' ? [hello] : []), ...(method ? [ask] : [])];
	return ['TCP connection', steps.join(' and ')].filter(Boolean).join(', ');
}

/** The same request to each pod of the controller, past the load balancer. */
export function planController(probeContext: ProbeContext): readonly Check[] {
	const {snapshot, request, path} = probeContext;
	const service = serviceAt(snapshot, detailsOf(path, 'load-balancer')?.service);
	if (!request || !service) {
		return [];
	}

	return sample(controllerPods(probeContext, service), mostPods).map(({pod, port}) => {
		const {namespace, name} = pod;
		const of = versionsOf([['Pod', pod]]);
		const permission = `create pods/portforward in namespace ${namespace}`;
		return {
			sentence: `${requestedText(request)}, through a port-forward to pod ${namespace}/${name}, port ${port}`,
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
	{snapshot, request}: ProbeContext,
	service: Service,
): readonly {readonly pod: Pod; readonly port: number}[] {
	const requested = service.ports.find(({port}) => port === request?.port);
	const found = snapshot.slicesOf(service.namespace, service.name).flatMap(({ports, endpoints}) => {
		const port = ports.find(({name}) => requested && name === requested.name)?.port;
		return endpoints.flatMap(({ready, pod, addresses}) => {
			const object = pod && ready && snapshot.get('Pod', pod.namespace, pod.name);
			return object && port !== undefined && parseIp(addresses[0] ?? '') ? [{pod: object, port}] : [];
		});
	});
	return [...new Map(found.map((item) => [item.pod.name, item])).values()];
}
