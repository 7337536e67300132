import type {Pod} from '../../model/workloads/pod.ts';
import type {ServicePort} from '../../model/services/service.ts';

const names = /^(?:http|https|web|websecure|www|http2|h2c|metrics|admin|api|rest|graphql)(?:-|$)/u;
const numbers = new Set([80, 443, 3000, 5000, 8000, 8008, 8080, 8081, 8088, 8443, 8888, 9090]);
const plainProtocols = new Set([
	'http',
	'https',
	'kubernetes.io/h2c',
	'kubernetes.io/ws',
	'kubernetes.io/wss',
]);

/**
Whether a Service port speaks HTTP, so that a GET is fit to be sent: by appProtocol (KEP-1507), by its name, by a readiness
probe that asks it, or by its number. A port of another protocol gets a bare TCP connection.
*/
export function isHttp(port: ServicePort, pods: readonly Pod[] = []): boolean {
	if (port.protocol !== 'TCP') {
		return false;
	}

	if (port.appProtocol !== undefined) {
		return plainProtocols.has(port.appProtocol.toLowerCase());
	}

	return (
		names.test(port.name) ||
		(port.name === '' && numbers.has(port.port)) ||
		pods.some((pod) => probes(pod, port))
	);
}

function probes({containers}: Pod, {targetPort}: ServicePort): boolean {
	return containers.some(
		({readinessProbe, ports}) =>
			readinessProbe?.type === 'httpGet' &&
			(readinessProbe.port === targetPort ||
				ports.some(
					({name, containerPort}) =>
						(name === targetPort || containerPort === targetPort) &&
						(readinessProbe.port === name || readinessProbe.port === containerPort),
				)),
	);
}

/** Whether it speaks TLS itself. */
export function isHttps({name, port, appProtocol}: ServicePort): boolean {
	return appProtocol === undefined
		? /^(?:https|websecure)/u.test(name) || port === 443 || port === 8443
		: /^https$|^kubernetes\.io\/wss$/iu.test(appProtocol);
}
