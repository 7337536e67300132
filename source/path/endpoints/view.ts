import type {EndpointSlice} from '../../model/services/endpoint-slice.ts';
import {sameIp} from '../../model/matching/ip.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {isHeadless, type IpFamily, type Service, type ServicePort} from '../../model/services/service.ts';
import {isKnown} from '../../model/snapshot.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {hasEnded} from '../../rules/endpoint-slices/membership.ts';
import {areExplained} from '../pod/explained.ts';
import {joinSlices} from '../../rules/endpoint-slices/join-slices.ts';
import {selectedPods} from '../../rules/endpoint-slices/selected-pods.ts';
import type {Subset} from '../../rules/backend.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';

/** What the endpoints hop looks at: one Service port, its endpoints, and the pods where they had to be read. */
export type EndpointsView = {
	readonly service: Service;
	readonly port: ServicePort;
	readonly family?: IpFamily;
	/** All slices of the Service, of both families. */
	readonly slices: readonly EndpointSlice[];
	/** Of the family asked for. */
	readonly endpoints: readonly ResolvedEndpoint[];
	/** Those that get traffic. Terminating ones while no endpoint is ready (KEP-1669). */
	readonly answering: readonly ResolvedEndpoint[];
	/** Selected pods that have not ended. Undefined: not looked at, or not known. */
	readonly pods?: readonly Pod[];
	/** None is ready, and the pods were not looked at: their nodes are not Ready. */
	readonly lost: boolean;
	/** Clients get addresses from DNS and choose the port: a headless Service, and no controller in front. */
	readonly anyPort: boolean;
	/** A controller that sends to pods itself sends HTTP, whatever protocol the Service port has (Traefik, seen on 3.6.13). */
	readonly sent: ServicePort['protocol'];
	/** Endpoints and pods are those of the subset. */
	readonly subset?: Subset;
};

type Input = {
	readonly service: Service;
	readonly port: ServicePort;
	readonly family?: IpFamily;
	readonly chooses?: Controller['chooses'];
	readonly subset?: Subset;
};

export function viewOf(
	hopContext: HopContext,
	{service, port, family, chooses, subset}: Input,
): EndpointsView {
	const slices = hopContext.snapshot.slicesOf(service.namespace, service.name);
	// Traefik joins ports by name alone (loadService, getBackendAddresses).
	const wanted = chooses === 'serving' || chooses === 'ready-said' ? {name: port.name} : port;
	const joined = asChosen(joinSlices(slices, wanted, family), chooses);
	const isLookedAt = subset !== undefined || needsPods(hopContext, joined);
	const all = isLookedAt ? withPods(joined, hopContext, service.namespace) : joined;
	const endpoints = subset ? ofSubset(subset, all, hopContext) : all;
	// A headless Service leads to addresses, whatever the port; a controller in front needs the number.
	const anyPort = isHeadless(service) && hopContext.request === undefined;
	const usable = endpoints.filter(
		(endpoint) => endpoint.family !== 'FQDN' && (endpoint.port !== undefined || anyPort),
	);
	const answering = answeringOf(usable, chooses !== undefined || isHeadless(service));
	return {
		service,
		port,
		family,
		slices,
		endpoints,
		answering,
		anyPort,
		sent: chooses !== undefined && hopContext.request ? 'TCP' : port.protocol,
		pods: isLookedAt
			? selectedPods(hopContext.snapshot, service)?.filter((pod) => !subset || isWithin(subset, pod))
			: undefined,
		subset,
		lost: !isLookedAt && answering.length === 0,
	};
}

function isWithin({labels}: Subset, pod: Pod): boolean {
	return matchesLabels(labels, pod.labels);
}

/** Where pods may not be read, any endpoint may be of the subset. */
function ofSubset(
	subset: Subset,
	endpoints: readonly ResolvedEndpoint[],
	{snapshot}: HopContext,
): readonly ResolvedEndpoint[] {
	const areKnown = isKnown(snapshot.state('Pod'));
	return endpoints.filter(({podObject}) => (podObject ? isWithin(subset, podObject) : !areKnown));
}

/**
Traefik takes what is serving, whatever `ready` says, and sends nothing new to what is shutting down (loadService, Fenced). Its
Gateway provider takes an absent `ready` for false (seen on 3.6.13: 503).
*/
function asChosen(
	endpoints: readonly ResolvedEndpoint[],
	chooses: Controller['chooses'],
): readonly ResolvedEndpoint[] {
	switch (chooses) {
		case 'serving':
			return endpoints.map((endpoint) => ({...endpoint, ready: endpoint.serving && !endpoint.terminating}));
		case 'ready-said':
			return endpoints.map((endpoint) => ({...endpoint, ready: endpoint.ready && !endpoint.readyUnsaid}));
		// Where Envoy finds no healthy host it sends to all of them (panic threshold).
		case 'ready-or-all':
			return endpoints.some(({ready}) => ready)
				? endpoints
				: endpoints.map((endpoint) => ({...endpoint, ready: true, forced: true as const}));
		case 'ready':
		case undefined:
			return endpoints;
	}
}

// DNS lists ready endpoints only, so a headless Service has no fallback (CoreDNS endpointsliceReady); nor have controllers
// that choose themselves.
function answeringOf(usable: readonly ResolvedEndpoint[], isReadyOnly: boolean): readonly ResolvedEndpoint[] {
	const ready = usable.filter((endpoint) => endpoint.ready);
	return ready.length > 0 || isReadyOnly
		? ready
		: usable.filter(({serving, terminating}) => serving && terminating);
}

/** Pods are the heavy kind: the overview reads them only where slices and nodes leave something to explain. */
function needsPods({detail, snapshot}: HopContext, endpoints: readonly ResolvedEndpoint[]): boolean {
	const hasPorts = endpoints.every(({terminating, port}) => terminating || port !== undefined);
	return detail === 'full' || !hasPorts || !areExplained(endpoints, snapshot);
}

/**
The pods of endpoints. The controller does not look again when a pod that was never ready ends (podEndpointsChanged), so such an
endpoint may stand in a slice for long: it is none.
*/
function withPods(
	endpoints: readonly ResolvedEndpoint[],
	{snapshot}: HopContext,
	namespace: string,
): readonly ResolvedEndpoint[] {
	return endpoints
		.map((endpoint) => {
			const podObject = endpoint.pod ? snapshot.get('Pod', namespace, endpoint.pod) : undefined;
			// A pod that was created again under the same name has another address: it is not this endpoint.
			return podObject?.podIPs.some((ip) => sameIp(ip, endpoint.address))
				? {...endpoint, podObject}
				: endpoint;
		})
		.filter(({ready, podObject}) => ready || !podObject || !hasEnded(podObject));
}
