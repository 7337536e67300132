import type {Kind} from '../model/kinds.ts';

/** One field of the projection of an object, in words. Without `was` it came, without `is` it went. */
export type FieldChange = {readonly path: string; readonly was?: string; readonly is?: string};

/** What happened to an object, as it is told. */
export type ObjectChange = {
	/** Counts up. */
	readonly id: number;
	/** When knet saw it: milliseconds since the epoch. */
	readonly at: number;
	readonly kind: Kind;
	/** '' for an object without a namespace. */
	readonly namespace: string;
	readonly name: string;
	readonly type: 'added' | 'changed' | 'removed';
	/** Of a change; empty where nothing that people read has changed. */
	readonly fields: readonly FieldChange[];
};
