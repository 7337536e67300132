import type {Endpoint, EndpointPort, EndpointSlice} from '../../model/services/endpoint-slice.ts';
import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Labels} from '../../model/meta.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {IpFamily, Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {memoize} from '../memoize.ts';
import {podsMatching} from './selected-pods.ts';
import {addressTypes} from './address-types.ts';
import {endpointPorts, portsKey} from './endpoint-ports.ts';
import {shouldPodBeInEndpoints} from './membership.ts';
import {podToEndpoint} from './pod-endpoint.ts';
import {sliceController, sliceLabels} from './slice-labels.ts';

/** A slice as the EndpointSlice controller should have written it: all but its generated name and hints. */
export type ExpectedSlice = {
	readonly addressType: IpFamily;
	readonly labels: Labels;
	readonly ports: readonly EndpointPort[];
	readonly endpoints: readonly Endpoint[];
};

/** What the controller reads. `nodes` undefined: not known, so that no pod is left out for want of its Node. */
export type ControllerInput = {
	readonly service: Service;
	/** Pods of the namespace; those that the selector does not match are ignored. */
	readonly pods: readonly Pod[];
	readonly nodes: readonly Node[] | undefined;
	/** `--max-endpoints-per-slice`. */
	readonly maxEndpoints?: number;
};

/** What the controller should have written for a Service of this snapshot. Reads Pods and Nodes. */
export function expectedSlices(snapshot: Snapshot, service: Service): readonly ExpectedSlice[] {
	const state = snapshot.state('Node');
	return slicesFor({
		service,
		pods: podsMatching(snapshot, service.namespace, service.selector ?? {}),
		nodes: state.state === 'synced' && isKnown(state) ? snapshot.list('Node') : undefined,
	});
}

/** The same as objects. Their names are made up of the Service's and `suffix`: the controller's own are random. */
export function namedSlices(snapshot: Snapshot, service: Service, suffix: string): readonly EndpointSlice[] {
	const {namespace, name} = service;
	return expectedSlices(snapshot, service).map((slice, at) => ({
		...slice,
		namespace,
		name: `${name}-${suffix}-${at + 1}`,
		uid: '',
		resourceVersion: '',
		generation: 0,
		annotations: {},
		service: name,
		managedBy: sliceController,
	}));
}

/** The controller's own rule over plain objects. A Service without selector has slices that people make: none here. */
export function slicesFor(input: ControllerInput): readonly ExpectedSlice[] {
	const {service, pods} = input;
	if (!service.selector || service.type === 'ExternalName') {
		return [];
	}

	const selector = service.selector;
	const members = pods.filter(
		(pod) =>
			pod.namespace === service.namespace &&
			matchesLabels(selector, pod.labels) &&
			shouldPodBeInEndpoints(pod, true),
	);
	return addressTypes(service).flatMap((family) => slicesOfFamily({...input, pods: members}, family));
}

function slicesOfFamily(input: ControllerInput, family: IpFamily): readonly ExpectedSlice[] {
	const {service, maxEndpoints = 100} = input;
	const labels = sliceLabels(service);
	const slices = groupByPorts(input, family).flatMap(({ports, endpoints}) =>
		chunk(endpoints, maxEndpoints).map((part) => ({addressType: family, labels, ports, endpoints: part})),
	);
	// A Service without endpoints has one slice that holds nothing, so that it is seen to be looked after.
	return slices.length === 0 ? [{addressType: family, labels, ports: [], endpoints: []}] : slices;
}

type Group = {readonly ports: readonly EndpointPort[]; readonly endpoints: Endpoint[]};

function groupByPorts({service, pods, nodes}: ControllerInput, family: IpFamily): readonly Group[] {
	const groups = new Map<string, Group>();
	const nodesByName = nodes && byName(nodes);
	for (const pod of pods) {
		const node = nodesByName?.get(pod.nodeName ?? '');
		const endpoint = podToEndpoint(pod, {service, node, family});
		// A pod whose Node object is gone is left out and tried again later, unless the Service publishes everything.
		const hasNode = nodes === undefined || node !== undefined || service.publishNotReadyAddresses;
		if (endpoint.addresses.length > 0 && hasNode) {
			const ports = endpointPorts(service, pod);
			const group = groups.get(portsKey(ports)) ?? {ports, endpoints: []};
			group.endpoints.push(endpoint);
			groups.set(portsKey(ports), group);
		}
	}

	return [...groups.values()];
}

/** There may be thousands, and every Service asks. */
const byName = memoize((nodes: readonly Node[]) => new Map(nodes.map((node) => [node.name, node])));

function chunk(endpoints: readonly Endpoint[], size: number): readonly (readonly Endpoint[])[] {
	const count = Math.ceil(endpoints.length / Math.max(1, size));
	return Array.from({length: count}, (_, at) => endpoints.slice(at * size, (at + 1) * size));
}
