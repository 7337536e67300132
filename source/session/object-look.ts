import type {ObjectRef} from '../model/ref.ts';

/** What to show of an object. `fields`: those that decided, as evidence names them. */
export type ObjectLook = {
	readonly what: 'yaml' | 'describe' | 'events' | 'log';
	readonly ref: ObjectRef;
	readonly fields: readonly string[];
	/** Of a log. */
	readonly container?: string;
	readonly previous?: boolean;
};

/** `marked`: lines, from 0, of the fields that decided. */
export type ObjectText = {readonly lines: readonly string[]; readonly marked: readonly number[]};
