import {matchesLabels} from '../model/matching/label-selector.ts';
import type {Container} from '../model/workloads/pod.ts';
import {refOf} from '../model/ref.ts';
import type {Service, ServicePort} from '../model/services/service.ts';
import type {Snapshot} from '../model/snapshot.ts';
import {objectField, type EvidenceField} from './finding.ts';

/** What a port is said to speak, and where it is said. `isCertain`: by a probe that passes or fails with it. */
export type Said = {
	readonly tls: boolean;
	readonly http2?: boolean;
	readonly isCertain: boolean;
	/** A probe speaks plain HTTP to it and the Service says TLS: some programs take both on one port (Argo CD's server). */
	readonly alsoTls?: true;
	readonly by: EvidenceField;
};

/** The probe of the port first, then appProtocol, then its name, then 443. Undefined: nothing says it. */
export function saidOf(
	snapshot: Snapshot,
	service: Service,
	port: ServicePort | undefined,
): Said | undefined {
	if (!port) {
		return undefined;
	}

	const probe = byProbe(snapshot, service, port);
	const name = byName(service, port);
	// An appProtocol may be the very setting by which the controller speaks TLS: it is no second witness.
	const saysTls = name ? name.tls : port.port === 443;
	return probe && !probe.tls && saysTls
		? {...probe, alsoTls: true}
		: (probe ?? byAppProtocol(service, port) ?? name);
}

type Client = {
	readonly tls?: boolean;
	/** It verifies a certificate that it cannot trust. */
	readonly distrusts?: boolean | string;
};

/** One side speaks TLS, and the other plain text. */
export function tlsDiffers({tls, distrusts}: Client, said: Said): boolean {
	const isTaken = tls && said.alsoTls && !distrusts;
	return tls !== undefined && tls !== said.tls && !isTaken;
}

export function protocolsDiffer(spoken: Client & {readonly http2?: boolean}, said: Said): boolean {
	return tlsDiffers(spoken, said) || (said.http2 === true && spoken.http2 === false);
}

function byProbe(snapshot: Snapshot, service: Service, port: ServicePort): Said | undefined {
	for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
		for (const workload of snapshot.list(kind, service.namespace)) {
			const selects = service.selector && matchesLabels(service.selector, workload.templateLabels);
			const container = selects && workload.containers.find((each) => asks(each, port));
			const probe = container ? container.readinessProbe : undefined;
			if (container && (probe?.type === 'httpGet' || probe?.type === 'grpc')) {
				const at = workload.containers.indexOf(container);
				return {
					tls: probe.scheme === 'HTTPS',
					http2: probe.type === 'grpc' || undefined,
					isCertain: true,
					by: objectField(
						{kind, namespace: workload.namespace, name: workload.name},
						`spec.template.spec.containers[${at}].readinessProbe.${probe.type === 'grpc' ? 'grpc.port' : 'httpGet.scheme'}`,
						probe.type === 'grpc' ? String(probe.port) : (probe.scheme ?? 'HTTP'),
					),
				};
			}
		}
	}

	return undefined;
}

/** Whether its readiness probe asks the port that the Service sends to. */
function asks({ports, readinessProbe}: Container, {targetPort}: ServicePort): boolean {
	const numberOf = (port: number | string | undefined): number | undefined =>
		typeof port === 'string' ? ports.find(({name}) => name === port)?.containerPort : port;
	const wanted = numberOf(targetPort);
	return wanted !== undefined && numberOf(readinessProbe?.port) === wanted;
}

function byAppProtocol(service: Service, port: ServicePort): Said | undefined {
	const value = port.appProtocol?.toLowerCase();
	const known = /^(?:https?|grpcs?|kubernetes\.io\/(?:h2c|wss?))$/u;
	return value !== undefined && known.test(value)
		? {
				tls: /^(?:https|grpcs|kubernetes\.io\/wss)$/u.test(value),
				http2: value.startsWith('grpc') || undefined,
				isCertain: false,
				by: field(service, port, 'appProtocol', port.appProtocol ?? ''),
			}
		: undefined;
}

function byName(service: Service, port: ServicePort): Said | undefined {
	if (/^grpc(?:-|$)/u.test(port.name)) {
		return {tls: false, http2: true, isCertain: false, by: field(service, port, 'name', port.name)};
	}

	if (/^https(?:-|$)/u.test(port.name) || port.targetPort === 'https') {
		return {tls: true, isCertain: false, by: field(service, port, 'name', port.name)};
	}

	return port.targetPort === 443 || port.targetPort === 8443
		? {tls: true, isCertain: false, by: field(service, port, 'targetPort', String(port.targetPort))}
		: undefined;
}

function field(service: Service, port: ServicePort, name: string, value: string): EvidenceField {
	const at = service.ports.indexOf(port);
	return objectField(refOf('Service', service), `spec.ports[${at}].${name}`, value);
}

/** The port itself, by its number and name. */
export function portField(service: Service, port: ServicePort): EvidenceField {
	return port.name
		? field(service, port, 'name', port.name)
		: field(service, port, 'port', String(port.port));
}

/**
A probe that passes over HTTP/1.1 does not say whether the port takes HTTP/2 without TLS as well: many programs take both, and a port
that is named for HTTP/2 says that its program does.
*/
export function mayLackHttp2(
	spoken: {readonly tls?: boolean; readonly http2?: boolean},
	said: Said | undefined,
	port: ServicePort | undefined,
): said is Said {
	const isNamedSo = /^(?:grpc|h2c|http2)(?:-|$)/u.test(port?.name ?? '');
	return spoken.http2 === true && !spoken.tls && said?.isCertain === true && !said.http2 && !isNamedSo;
}

/** For people. */
export function protocolName({tls, http2}: {readonly tls: boolean; readonly http2?: boolean}): string {
	return http2 ? (tls ? 'gRPC over TLS' : 'gRPC') : tls ? 'TLS' : 'plain HTTP';
}
