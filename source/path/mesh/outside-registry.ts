import {clientPod} from '../../rules/client-pod.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {ServiceEntry} from '../../model/routes/istio.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf} from '../../model/ref.ts';
import {isHeadless, type Service, type ServicePort} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {meshConfigPlace} from '../../rules/mesh/mesh-config.ts';
import {membershipOf} from '../../rules/mesh/membership.ts';
import {leavesPastProxy} from '../../rules/mesh/passed-ports.ts';
import {
	hiddenEntryOf,
	knowledgeOf,
	knowsHost,
	registryOf,
	registryOnly,
	sidecarOf,
	type Knowledge,
	type RegistryOnly,
} from '../../rules/mesh/sidecar-scope.ts';
import type {StopReason} from '../../rules/stop.ts';
import {finding, objectField, type EvidenceField, type Finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {meshFindings} from './catalogue.ts';

type Closed = {readonly finding: Finding; readonly stop: StopReason};

/** KNET527: the sidecar of the client does not know the Service, and REGISTRY_ONLY holds. */
export function outsideRegistry(
	{snapshot, source}: HopContext,
	service: Service,
	port: ServicePort | undefined,
): Closed | undefined {
	const client = clientPod(snapshot, source);
	const only = client && closedTo(snapshot, client, {ip: service.clusterIPs[0], port: port?.port});
	const knowledge = only && knowledgeOf(snapshot, client, service, port?.port);
	if (!only || knowledge === undefined || knowledge === 'known') {
		return undefined;
	}

	return {
		finding: finding(meshFindings.outsideRegistry, {
			message: `The sidecar of pod ${client.name} does not know Service ${service.namespace}/${service.name}, and REGISTRY_ONLY lets nothing else out.`,
			...leftOut(snapshot, {client, service, knowledge, only}),
		}),
		stop: port && hearsHttp(snapshot, client, port.port) ? 'answered-502' : 'reset',
	};
}

type LeftOut = {
	readonly client: Pod;
	readonly service: Service;
	readonly knowledge: Exclude<Knowledge, 'known'>;
	readonly only: RegistryOnly;
};

/** What keeps the Service from the sidecar, and what to do about it. */
function leftOut(
	snapshot: Snapshot,
	{client, service, knowledge, only}: LeftOut,
): Pick<Finding, 'evidence' | 'remedy' | 'command'> {
	const sidecars = kubectl({namespace: client.namespace}, 'get', 'sidecars', '-o', 'yaml');
	switch (knowledge) {
		case 'hidden':
			return {
				evidence: [exportedBy(snapshot, service), saidBy(only)],
				remedy: `Export the Service to namespace ${client.namespace}.`,
				command: sidecars,
			};
		case 'undiscovered': {
			const {namespace, name} = meshConfigPlace(snapshot);
			return {
				evidence: [
					objectField({kind: 'ConfigMap', namespace, name}, 'data.mesh', 'discoverySelectors'),
					saidBy(only),
				],
				remedy: `Give namespace ${service.namespace} the labels of a discoverySelector of the mesh.`,
				command: kubectl({namespace}, 'get', 'configmap', name, '-o', 'yaml'),
			};
		}

		case 'not-imported':
			return {
				evidence: [egressOf(snapshot, client), saidBy(only)],
				remedy: `Add ${service.namespace}/* to the egress hosts of the Sidecar.`,
				command: sidecars,
			};
	}
}

/** KNET528: a host outside the cluster that no ServiceEntry names. */
export function hostOutsideRegistry(
	{snapshot, source}: HopContext,
	host: string,
	port: number,
): Closed | undefined {
	const client = clientPod(snapshot, source);
	// Ranges may leave it out: its address is not known.
	const isRanged = Object.keys(client?.annotations ?? {}).some((name) => name.endsWith('OutboundIPRanges'));
	const only = client && !isRanged && closedTo(snapshot, client, {port});
	if (!only || knowsHost(snapshot, client, host) !== false) {
		return undefined;
	}

	const hidden = hiddenEntryOf(snapshot, client, host);
	return {
		finding: finding(meshFindings.hostOutsideRegistry, {
			message: `The sidecar of pod ${client.name} does not know ${host}, and REGISTRY_ONLY lets nothing else out.`,
			evidence: [...(hidden ? [exportOf(hidden)] : []), saidBy(only)],
			remedy: hidden
				? `Export ServiceEntry ${hidden.namespace}/${hidden.name} to namespace ${client.namespace}.`
				: `Add a ServiceEntry for ${host}.`,
			command: kubectl({}, 'get', 'serviceentries', '-A'),
		}),
		stop: hearsHttp(snapshot, client, port) ? 'answered-502' : 'reset',
	};
}

function exportOf(entry: ServiceEntry): EvidenceField {
	return objectField(refOf('ServiceEntry', entry), 'spec.exportTo', entry.exportTo.join(', '));
}

/** KNET716: the address of a pod is none of the registry's, but for those behind headless Services. */
export function addressOutsideRegistry(
	snapshot: Snapshot,
	client: Pod | undefined,
	pod: Pod,
	port: number | undefined,
): {readonly findings: readonly Finding[]; readonly stop: StopReason} | undefined {
	const [ip] = pod.podIPs;
	const only = client && client !== pod && closedTo(snapshot, client, {ip, port});
	const isKnown = (service: Service): boolean =>
		isHeadless(service) &&
		service.selector !== undefined &&
		matchesLabels(service.selector, pod.labels) &&
		client !== undefined &&
		knowledgeOf(snapshot, client, service, port) === 'known';
	if (!only || snapshot.list('Service', pod.namespace).some(isKnown)) {
		return undefined;
	}

	return {
		findings: [
			finding(meshFindings.addressOutsideRegistry, {
				message: `The sidecar of pod ${client.name} does not know the address of pod ${pod.name}, and REGISTRY_ONLY lets nothing else out.`,
				evidence: [saidBy(only)],
				remedy: 'Send to a Service of the pod: a sidecar knows Services, and not the addresses of pods.',
				command: kubectl({namespace: client.namespace}, 'get', 'sidecars', '-o', 'yaml'),
			}),
		],
		stop: 'reset',
	};
}

/** Whether the sidecar of a pod has the connection, and lets it out only to what it knows. */
function closedTo(
	snapshot: Snapshot,
	client: Pod,
	to: {readonly ip?: string; readonly port?: number},
): RegistryOnly | undefined {
	const isTaken = membershipOf(snapshot, client) === 'sidecar' && !leavesPastProxy(client, to);
	return isTaken ? registryOnly(snapshot, client) : undefined;
}

function saidBy({by, path}: RegistryOnly): EvidenceField {
	return objectField(by, path, 'REGISTRY_ONLY');
}

function egressOf(snapshot: Snapshot, client: Pod): EvidenceField {
	const sidecar = sidecarOf(snapshot, client);
	const hosts = sidecar?.egress.flatMap((each) => each.hosts) ?? [];
	const {namespace, name} = sidecar ?? {namespace: client.namespace, name: '*'};
	return objectField({kind: 'Sidecar', namespace, name}, 'spec.egress[].hosts', hosts.slice(0, 5).join(', '));
}

function exportedBy(snapshot: Snapshot, service: Service): EvidenceField {
	const key = 'networking.istio.io/exportTo';
	const said = service.annotations[key];
	return said === undefined
		? objectField({kind: 'ConfigMap', ...meshConfigPlace(snapshot)}, 'data.mesh', 'defaultServiceExportTo')
		: objectField(refOf('Service', service), `metadata.annotations[${key}]`, said);
}

/**
HTTP on a port has one listener for all Services, and its last route answers 502; another port ends at BlackHoleCluster (istio/istio,
networking/core/listener.go, httproute.go).
*/
function hearsHttp(snapshot: Snapshot, client: Pod, port: number): boolean {
	const knowledge = registryOf(snapshot, client);
	return snapshot
		.list('Service')
		.some(
			(service) =>
				service.ports.some((each) => each.port === port && isHttp(each)) &&
				knowledge(service, port) === 'known',
		);
}

/** By its name or appProtocol (istio.io, Protocol Selection). */
function isHttp({name, appProtocol}: ServicePort): boolean {
	return /^(?:http2?|grpc(?:-web)?)(?:-|$)/u.test(appProtocol?.toLowerCase() ?? name);
}
