import type {Service} from '../model/services/service.ts';
import {isKnown, type Snapshot} from '../model/snapshot.ts';
import {expectedSlices, namedSlices} from '../rules/endpoint-slices/expected-slices.ts';
import {sliceController} from '../rules/endpoint-slices/slice-labels.ts';
import type {Draft} from './draft.ts';

/** Writes the slices of each Service for which the controller would now write others, by its selector and the pods. */
export function inferSlices(base: Snapshot, draft: Draft): void {
	const after = draft.snapshot();
	const affected = [...draft.namespaces]
		.filter((namespace) => isKnown(after.state('Pod', namespace)))
		.flatMap((namespace) => after.list('Service', namespace))
		.filter((service) => service.selector && isAffected(base, after, service));
	for (const service of affected) {
		const {namespace, name} = service;
		const old = after.slicesOf(namespace, name).filter(({managedBy}) => managedBy === sliceController);
		old.forEach((slice) => draft.drop('EndpointSlice', namespace, slice.name));
		namedSlices(after, service, 'what-if').forEach((slice) => draft.put('EndpointSlice', slice));
	}

	if (affected.length > 0) {
		draft.assume(`The endpoints of ${namesOf(affected)} are inferred from selectors and pods.`);
	}
}

/** More of them are counted. */
const mostNamed = 3;

function namesOf(services: readonly Service[]): string {
	const names = services.slice(0, mostNamed).map(({namespace, name}) => `${namespace}/${name}`);
	const others = services.length - names.length;
	return `Service${services.length === 1 ? '' : 's'} ${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}

function isAffected(base: Snapshot, after: Snapshot, service: Service): boolean {
	const before = base.get('Service', service.namespace, service.name);
	return (
		before === undefined ||
		JSON.stringify(expectedSlices(base, before)) !== JSON.stringify(expectedSlices(after, service))
	);
}
