import {refOf} from '../../model/ref.ts';
import type {Endpoint, EndpointSlice} from '../../model/services/endpoint-slice.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {objectField, type EvidenceField} from '../finding.ts';

type Named = Pick<Service, 'namespace' | 'name'>;

/** Whether the endpoints of a Service are ready, as its slices have it. */
export function readyFields(snapshot: Snapshot, service: Named): readonly EvidenceField[] {
	return fieldsOf(snapshot, service, {path: 'conditions.ready', read: readyText});
}

/** On which nodes the ready endpoints of a Service are. */
export function nodeFields(snapshot: Snapshot, service: Named): readonly EvidenceField[] {
	return fieldsOf(snapshot, service, {
		path: 'nodeName',
		read: ({nodeName, ready}) => `${nodeName ?? 'absent'}${ready ? '' : ' (not ready)'}`,
	});
}

/** What the slices say of one address. */
export function endpointFields(
	slices: readonly EndpointSlice[],
	address: string,
	{path, read}: Said,
): readonly EvidenceField[] {
	return slices.flatMap((slice) =>
		slice.endpoints.flatMap((endpoint, index) =>
			endpoint.addresses[0] === address
				? [objectField(refOf('EndpointSlice', slice), `endpoints[${index}].${path}`, read(endpoint))]
				: [],
		),
	);
}

/** Why an address gets no traffic. */
export function notReadyFields(slices: readonly EndpointSlice[], address: string): readonly EvidenceField[] {
	return endpointFields(slices, address, {
		path: 'conditions.ready',
		read: (endpoint) => `${readyText(endpoint)} (${endpoint.pod?.name ?? address})`,
	});
}

type Said = {readonly path: string; readonly read: (endpoint: Endpoint) => string};

function fieldsOf(snapshot: Snapshot, service: Named, said: Said): readonly EvidenceField[] {
	const slices = snapshot.slicesOf(service.namespace, service.name);
	return slices.length === 0
		? [
				objectField(
					{kind: 'EndpointSlice', namespace: service.namespace, name: '*'},
					'metadata.labels[kubernetes.io/service-name]',
					`none is ${service.name}`,
				),
			]
		: slices.slice(0, 3).map((slice) => fieldOf(slice, said));
}

function fieldOf(slice: EndpointSlice, {path, read}: Said): EvidenceField {
	const object = refOf('EndpointSlice', slice);
	if (slice.endpoints.length === 0) {
		return objectField(object, 'endpoints', 'none');
	}

	// Endpoints without the port they should have stand in a slice of their own: they are no backends.
	return slice.ports.length === 0
		? objectField(object, 'ports', 'none')
		: objectField(object, `endpoints[].${path}`, counts(slice.endpoints.map(read)));
}

/** `false (2), true`: each value once, however many endpoints have it. */
function counts(values: readonly string[]): string {
	return [...Map.groupBy(values, (value) => value)]
		.map(([value, all]) => (all.length > 1 ? `${value} (${all.length})` : value))
		.join(', ');
}

function readyText({ready, readyUnsaid}: Endpoint): string {
	return readyUnsaid ? 'absent' : String(ready);
}
