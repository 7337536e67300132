import type {Service} from '../../model/service.ts';
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
};

/** Source: AWS cloud provider, annotations; ingress-nginx, ConfigMap (use-forwarded-headers) and issue 3826. */
export function tlsBefore(snapshot: Snapshot, service: Service, clientPort: number): TlsBefore | undefined {
	const port = service.ports.find((each) => each.port === clientPort && each.protocol === 'TCP');
	const plain = service.ports.find((each) => each.port === 80 && each.protocol === 'TCP');
	const by = port && whatShows(service, port, plain);
	if (service.type !== 'LoadBalancer' || !by) {
		return undefined;
	}

	const configMap = configMapOf(snapshot, service);
	const trustsHeaders = configMap && settingOf(snapshot, configMap, 'use-forwarded-headers');
	return {plainPort: 80, by, trustsHeaders};
}

type Port = Service['ports'][number];

function whatShows(
	{annotations, ports}: Service,
	port: Port,
	plain: Port | undefined,
): TlsBefore['by'] | undefined {
	const inner = annotations[`${prefix}backend-protocol`];
	const tlsPorts = (annotations[`${prefix}ssl-ports`] ?? '*').split(',').map((text) => text.trim());
	const hasTls = tlsPorts.some((text) => text === '*' || text === String(port.port) || text === port.name);
	if (annotations[`${prefix}ssl-cert`] !== undefined && inner === 'http' && hasTls) {
		return {path: `metadata.annotations[${prefix}backend-protocol]`, value: inner};
	}

	return port !== plain && (port.targetPort === 'http' || (plain && port.targetPort === plain.targetPort))
		? {path: `spec.ports[${ports.indexOf(port)}].targetPort`, value: String(port.targetPort)}
		: undefined;
}
