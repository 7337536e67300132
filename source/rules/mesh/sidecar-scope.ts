import type {ServiceEntry, Sidecar} from '../../model/routes/istio.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {domainFit, fullName} from '../istio/hosts.ts';
import {olderFirst} from '../istio/servers.ts';
import {visibility, virtualServicesFor} from '../istio/virtual-services.ts';
import {
	defaultExportTo,
	isDiscovered,
	meshConfigPlace,
	meshDomain,
	outboundOfMesh,
	rootNamespace,
} from './mesh-config.ts';

/*
What the sidecar of a pod knows, and what it does with the rest. Source: istio/istio of 2026-08-22, pilot/pkg/model/sidecar.go
(convertToSidecarScope, selectServices), push_context.go (initSidecarScopes, doGetSidecarScope), networking/core/httproute.go
(buildCatchAllVirtualHost).
*/

/** The Sidecar of a pod: one that selects it before the one of its namespace before the one of the root namespace; the oldest of several. */
export function sidecarOf(snapshot: Snapshot, {namespace, labels}: Pod): Sidecar | undefined {
	const own = snapshot.list('Sidecar', namespace).toSorted(olderFirst);
	const isWide = ({workloadSelector}: Sidecar): boolean => workloadSelector === undefined;
	return (
		own.find(({workloadSelector}) => workloadSelector && matchesLabels(workloadSelector, labels)) ??
		own.find(isWide) ??
		snapshot.list('Sidecar', rootNamespace(snapshot)).toSorted(olderFirst).find(isWide)
	);
}

/** Why the sidecar lets nothing out but to what it knows: the object that says so, and where. */
export type RegistryOnly = {readonly by: ObjectRef; readonly path: string};

export function registryOnly(snapshot: Snapshot, pod: Pod): RegistryOnly | undefined {
	const sidecar = sidecarOf(snapshot, pod);
	const mode = sidecar?.outbound ?? outboundOfMesh(snapshot);
	const by =
		sidecar?.outbound === undefined
			? {by: {kind: 'ConfigMap', ...meshConfigPlace(snapshot)}, path: 'data.mesh'}
			: {by: refOf('Sidecar', sidecar), path: 'spec.outboundTrafficPolicy.mode'};
	return mode === 'REGISTRY_ONLY' ? by : undefined;
}

/**
Whether the sidecar of a pod knows a port of a Service. `hidden`: the Service is not exported to the pod's namespace; `undiscovered`:
istiod does not look at the namespace of the Service.
*/
export type Knowledge = 'known' | 'hidden' | 'undiscovered' | 'not-imported';

export function knowledgeOf(
	snapshot: Snapshot,
	pod: Pod,
	service: Service,
	port: number | undefined,
): Knowledge {
	return registryOf(snapshot, pod)(service, port);
}

/** The same for many Services: what does not depend on them is read once. */
export function registryOf(
	snapshot: Snapshot,
	pod: Pod,
): (service: Service, port: number | undefined) => Knowledge {
	const domain = meshDomain(snapshot);
	const named = new Set(serviceEntries(snapshot, pod).flatMap(({hosts}) => hosts));
	const imports = importsOf(snapshot, pod);
	const destinations = destinationsOf(snapshot, pod, {domain, imports});
	return (service, port) => {
		const {namespace} = service;
		const host = fullName(service.name, {namespace, domain});
		if (named.has(host)) {
			return 'known';
		}

		if (!isDiscovered(snapshot, namespace)) {
			return 'undiscovered';
		}

		if (!isExported(snapshot, service, pod.namespace)) {
			return 'hidden';
		}

		return imports({host, namespace, port}) || destinations.has(host) ? 'known' : 'not-imported';
	};
}

/** Those that istiod looks at and that are exported to the pod's namespace (istio.io, ServiceEntry exportTo). */
function serviceEntries(snapshot: Snapshot, {namespace}: Pod): readonly ServiceEntry[] {
	return snapshot
		.list('ServiceEntry')
		.filter((entry) => visibility(entry, namespace) > 0 && isDiscovered(snapshot, entry.namespace));
}

/** `networking.istio.io/exportTo` of a Service, else the mesh's default: namespaces, `.` for its own, `*` for all, `~` for none. */
function isExported(snapshot: Snapshot, {annotations, namespace}: Service, to: string): boolean {
	const said = annotations['networking.istio.io/exportTo']?.split(',').map((name) => name.trim());
	const names = said ?? defaultExportTo(snapshot);
	return names.some((name) => name === '*' || name === to || (name === '.' && namespace === to));
}

type Host = {readonly host: string; readonly namespace: string; readonly port?: number};

/** Whether a listener of the pod's Sidecar takes a host in: `namespace/name`, where the namespace's own entries stand before `*`. */
function importsOf(snapshot: Snapshot, pod: Pod): (host: Host) => boolean {
	const listeners = (sidecarOf(snapshot, pod)?.egress ?? []).map(({port, hosts}) => ({
		port,
		entries: hosts.map((each) => entryOf(each, pod.namespace)),
	}));
	return ({host, namespace, port}) =>
		listeners.length === 0 ||
		listeners.some((listener) => {
			const fitsPort = listener.port === undefined || port === undefined || listener.port === port;
			const named = listener.entries.filter((entry) => entry.namespace === namespace);
			const counting = named.length > 0 ? named : listener.entries.filter((entry) => entry.namespace === '*');
			return fitsPort && counting.some(({pattern}) => domainFit(pattern, host) > 0);
		});
}

function entryOf(entry: string, own: string): {readonly namespace: string; readonly pattern: string} {
	const slash = entry.indexOf('/');
	const namespace = slash === -1 ? '*' : entry.slice(0, slash);
	return {namespace: namespace === '.' ? own : namespace, pattern: entry.slice(slash + 1)};
}

/** A ServiceEntry that names the host and is not exported to the pod's namespace. */
export function hiddenEntryOf(snapshot: Snapshot, {namespace}: Pod, host: string): ServiceEntry | undefined {
	return snapshot
		.list('ServiceEntry')
		.find(
			(entry) =>
				visibility(entry, namespace) === 0 && entry.hosts.some((each) => domainFit(each || '*', host) > 0),
		);
}

/** Whether the sidecar of a pod knows a host that is no Service of the cluster. Undefined: not all that tells may be read. */
export function knowsHost(snapshot: Snapshot, pod: Pod, host: string): boolean | undefined {
	const objects = [...serviceEntries(snapshot, pod), ...virtualServicesFor(snapshot, pod)];
	const imports = importsOf(snapshot, pod);
	const isKnownHost = objects.some(({hosts, namespace}) =>
		hosts.some((each) => domainFit(each === '' ? '*' : each, host) > 0 && imports({host: each, namespace})),
	);
	return isKnownHost || (isKnown(snapshot.state('ServiceEntry')) ? false : undefined);
}

/** A VirtualService that the sidecar has brings the Services that it sends to along. */
function destinationsOf(
	snapshot: Snapshot,
	pod: Pod,
	{domain, imports}: {readonly domain: string; readonly imports: (host: Host) => boolean},
): ReadonlySet<string> {
	const taken = virtualServicesFor(snapshot, pod).filter(({hosts, namespace}) =>
		hosts.some((each) => imports({host: fullName(each, {namespace, domain}), namespace})),
	);
	return new Set(
		taken.flatMap(({http, tls, tcp, namespace}) =>
			[...http, ...tls, ...tcp].flatMap(({route}) =>
				route.map((each) => fullName(each.host, {namespace, domain})),
			),
		),
	);
}
