import type {Kind} from '../../model/kinds.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {stateOfSlices} from '../slices-state.ts';
import type {KubernetesPlugin} from './corefile/config.ts';
import type {UnknownKind} from './record.ts';

/** Where a look-up happens. `zone` keeps the case of the question. */
export type ZoneContext = {
	readonly snapshot: Snapshot;
	readonly plugin: KubernetesPlugin;
	readonly zone: string;
};

/** One thing that a name stands for, before the record type is looked at. */
export type Item = {
	/** An address, or a name for an ExternalName Service. */
	readonly host: string;
	/** Absent: the Service or slice declares no port, so there is no SRV record. */
	readonly port?: number;
	/** The name that carries the address: target of SRV records. */
	readonly owner: string;
};

/** `none`: no such name (NXDOMAIN). An empty `items`: the name exists. */
export type Found =
	| {readonly items: readonly Item[]}
	| {readonly none: true}
	| {readonly unknown: UnknownKind}
	/** The Service has no cluster IP yet: a manifest that no server has seen. */
	| {readonly unassigned: Service};

/** NXDOMAIN. */
export const none = {none: true} as const;
/** The name exists and has no records of its own. */
export const nodata = {items: []} as const;

/** The state of a kind where it may not be read: an absent object is not a missing one. */
export function unknownKind(snapshot: Snapshot, kind: Kind, namespace?: string): UnknownKind | undefined {
	const state = snapshot.state(kind, namespace);
	return isKnown(state) ? undefined : {kind, namespace, state};
}

/** The same for the EndpointSlices of a Service. */
export function unknownSlices(snapshot: Snapshot, service: Service): UnknownKind | undefined {
	const state = stateOfSlices(snapshot, service);
	return isKnown(state) ? undefined : {kind: 'EndpointSlice', namespace: service.namespace, state};
}
