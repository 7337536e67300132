import {project} from '../../source/projection/project.ts';
import type {Endpoint, EndpointPort, EndpointSlice} from '../../source/model/services/endpoint-slice.ts';
import type {Labels} from '../../source/model/meta.ts';
import type {Service} from '../../source/model/services/service.ts';
import {portsKey} from '../../source/rules/endpoint-slices/endpoint-ports.ts';
import {slicesFor} from '../../source/rules/endpoint-slices/expected-slices.ts';
import {hasEnded} from '../../source/rules/endpoint-slices/membership.ts';
import {sliceController} from '../../source/rules/endpoint-slices/slice-labels.ts';
import {distributionHints} from '../oracles/distribution-hints.ts';
import {topologyHintsEnabled} from '../oracles/topology-hints.ts';
import type {Wire} from '../../source/projection/wire.ts';

/** What one Service should have and what the real controller wrote, where the two differ. */
type SliceMismatch = {
	readonly service: string;
	readonly expected: readonly string[];
	readonly got: readonly string[];
};

export type SliceComparison = {readonly compared: number; readonly mismatches: readonly SliceMismatch[]};

/**
Compares the slices that knet computes with those that the real controller wrote: `objects` are Services, Pods, Nodes and
EndpointSlices as the API server gave them. Lists are not taken at one moment and the controller needs one, so a mismatch counts only
if it is still there when asked again. How endpoints are shared out over slices of the same ports is left aside.
*/
export function compareSlices(objects: readonly Wire[]): SliceComparison {
	const of = (kind: string): readonly Wire[] => objects.filter((object) => object['kind'] === kind);
	const pods = of('Pod').map((wire) => project('Pod', wire));
	const nodes = of('Node').map((wire) => project('Node', wire));
	const ended = new Set(pods.filter(hasEnded).map(({uid}) => uid));
	const slices = of('EndpointSlice')
		.map((wire) => project('EndpointSlice', wire))
		.filter(({managedBy}) => managedBy === sliceController)
		.map((slice) => withoutEnded(slice, ended));
	const services = of('Service')
		.map((wire) => project('Service', wire))
		.filter(({selector, type}) => selector && type !== 'ExternalName');
	const mismatches = services.flatMap((service) => {
		const expected = linesOf(
			service,
			slicesFor({service, pods, nodes}).map((slice) => withHints(slice, service)),
		);
		const got = linesOf(
			service,
			slices.filter(({namespace, service: name}) => namespace === service.namespace && name === service.name),
		);
		return expected.join('\n') === got.join('\n')
			? []
			: [{service: `${service.namespace}/${service.name}`, expected, got}];
	});
	return {compared: services.length, mismatches};
}

/**
The controller does not look again when a pod that was never ready ends (podEndpointsChanged compares readiness and addresses, not
the phase), so such an endpoint may stay until something else changes. What remains then is the placeholder.
*/
function withoutEnded(slice: EndpointSlice, ended: ReadonlySet<string>): EndpointSlice {
	const endpoints = slice.endpoints.filter(({ready, pod}) => ready || !pod || !ended.has(pod.uid));
	const isEmptied = slice.endpoints.length > 0 && endpoints.length === 0;
	return {...slice, endpoints, ports: isEmptied ? [] : slice.ports};
}

type Slice = Pick<EndpointSlice, 'addressType' | 'ports' | 'endpoints' | 'labels'>;

/** The walk needs no hints that a controller would write: knet computes slices without them. */
function withHints<S extends Slice>(slice: S, {trafficDistribution}: Service): S {
	return {...slice, endpoints: distributionHints(slice.endpoints, trafficDistribution)};
}

/** One line for each group of slices with the same ports, and one for each endpoint. */
function linesOf(service: Service, slices: readonly Slice[]): readonly string[] {
	const isSharedOut = topologyHintsEnabled(service.annotations);
	return slices
		.flatMap(({addressType, ports, labels, endpoints}) => {
			const group = `${addressType} ${portsText(ports)}`;
			return [
				`${group} labels ${labelsLine(labels)}`,
				...endpoints.map((endpoint) => `${group} ${endpointText(endpoint, isSharedOut)}`),
			];
		})
		.toSorted()
		.filter((line, at, lines) => line !== lines[at - 1]);
}

function portsText(ports: readonly EndpointPort[]): string {
	return `[${portsKey(ports)}]`;
}

function labelsLine(labels: Labels): string {
	return Object.keys(labels)
		.toSorted()
		.map((key) => `${key}=${labels[key]}`)
		.join(',');
}

// Which endpoint the topology annotation gives to which zone depends on the order of a Go map.
function endpointText(endpoint: Endpoint, isSharedOut: boolean): string {
	const {addresses, ready, serving, terminating, nodeName, zone, hostname, pod, forZones, forNodes} =
		endpoint;
	const hints = isSharedOut ? (forZones ? 'some zone' : 'none') : JSON.stringify([forZones, forNodes]);
	return `${addresses.join()} ready=${ready} serving=${serving} terminating=${terminating} node=${nodeName} zone=${zone} hostname=${hostname} pod=${pod?.name}/${pod?.uid} hints=${hints}`;
}
