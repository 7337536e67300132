import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {configMapOf, settingOf} from './proxy-protocol.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/** TLS ends before the controller behind a Service: it sees http for what clients send as https. */
export type TlsBefore = {
	/** The port by which the same requests come as plain http. */
	readonly plainPort: number;
	/** What shows it: an annotation, or the target port that http has as well. */
	readonly by: {readonly path: string; readonly value: string};
	/** `use-forwarded-headers`: it asks the load balancer which scheme the client used. Undefined: not known. */
	readonly trustsHeaders?: boolean;
	/** No setting makes its redirect ask the load balancer (NGINX Inc: `redirect-to-https` does, beside it). */
	readonly neverTrusts?: boolean;
};

/** Source: AWS cloud provider, annotations; ingress-nginx, ConfigMap (use-forwarded-headers) and issue 3826. */
export function tlsBefore(snapshot: Snapshot, service: Service, clientPort: number): TlsBefore | undefined {
	const port = service.ports.find((each) => each.port === clientPort && each.protocol === 'TCP');
	const plain = service.ports.find((each) => each.port === 80 && each.protocol === 'TCP');
	const by = port && whatShows(service, port, plain);
	if (service.type !== 'LoadBalancer' || !by) {
		return undefined;
	}

	const config = configMapOf(snapshot, service);
	const trustsHeaders =
		config && (config.forwardedKey ? settingOf(snapshot, config.configMap, config.forwardedKey) : false);
	const neverTrusts = config && !config.forwardedKey;
	return {plainPort: 80, by, trustsHeaders, neverTrusts};
}

/** With protocol https and its kin, Hetzner and DigitalOcean end TLS on the https port. */
const protocolAnnotations = [
	'load-balancer.hetzner.cloud/protocol',
	'service.beta.kubernetes.io/do-loadbalancer-protocol',
];

/** The annotation that shows that the load balancer ends TLS. */
export type TlsEnd = {readonly path: string; readonly value: string};

/**
Whether the cloud's load balancer ends TLS on a port and goes on in plain text. Source: AWS cloud provider and AWS Load Balancer
Controller, annotations (backend-protocol ssl and https open TLS again); hcloud-cloud-controller-manager, load_balancers.md;
DigitalOcean CCM, docs/controllers/services/annotations.md.
*/
export function tlsEndOf(service: Service, clientPort: number): TlsEnd | undefined {
	const {annotations, type} = service;
	const port = service.ports.find((each) => each.port === clientPort && each.protocol === 'TCP');
	if (type !== 'LoadBalancer' || !port) {
		return undefined;
	}

	const inner = annotations[`${prefix}backend-protocol`] ?? '';
	if (hasCertificate(service, port) && !['ssl', 'https'].includes(inner)) {
		return (
			annotation(service, `${prefix}ssl-ports`) ?? {
				path: `metadata.annotations[${prefix}ssl-cert]`,
				value: 'present',
			}
		);
	}

	const isHttps = port.port === 443 || port.name === 'https';
	const name = protocolAnnotations.find((each) =>
		['https', 'http2', 'http3'].includes(annotations[each] ?? ''),
	);
	const isPassedThrough =
		annotations['service.beta.kubernetes.io/do-loadbalancer-tls-passthrough'] === 'true';
	return name !== undefined && isHttps && !isPassedThrough ? annotation(service, name) : undefined;
}

function annotation({annotations}: Service, name: string): TlsEnd | undefined {
	const value = annotations[name];
	return value === undefined ? undefined : {path: `metadata.annotations[${name}]`, value};
}

/** By default on every port. */
function hasCertificate({annotations}: Service, port: Port): boolean {
	const tlsPorts = (annotations[`${prefix}ssl-ports`] ?? '*').split(',').map((text) => text.trim());
	return (
		annotations[`${prefix}ssl-cert`] !== undefined &&
		tlsPorts.some((text) => text === '*' || text === String(port.port) || text === port.name)
	);
}

type Port = Service['ports'][number];

function whatShows(service: Service, port: Port, plain: Port | undefined): TlsBefore['by'] | undefined {
	const {annotations, ports} = service;
	const inner = annotations[`${prefix}backend-protocol`];
	if (inner === 'http' && hasCertificate(service, port)) {
		return {path: `metadata.annotations[${prefix}backend-protocol]`, value: inner};
	}

	return port !== plain && (port.targetPort === 'http' || (plain && port.targetPort === plain.targetPort))
		? {path: `spec.ports[${ports.indexOf(port)}].targetPort`, value: String(port.targetPort)}
		: undefined;
}
