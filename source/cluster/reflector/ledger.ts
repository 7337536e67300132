import type {Kind} from '../../model/kinds.ts';
import type {Meta} from '../../model/meta.ts';
import type {WatchEvent} from '../../model/watch-event.ts';
import {createHeld, keyOf} from './held.ts';
import type {Change} from './types.ts';

/** Turns the changes of one list-watch into watch events. */
export type Ledger = {
	tell(change: Change): void;
	/** Deletes what is held, but for what is said to stay: another list-watch holds it too. */
	clear(stays: (object: Meta) => boolean): void;
};

type Options = {
	readonly kind: Kind;
	/** The namespace of a list-watch per namespace. */
	readonly scope?: string;
	readonly apply: (event: WatchEvent) => void;
};

/** A list is held back until it is whole, so one that breaks off leaves no trace. */
export function createLedger({kind, scope, apply}: Options): Ledger {
	const tag = scope === undefined ? {kind} : {kind, scope};
	// The kind and the projection of its objects belong together by construction, which the compiler cannot see here.
	const held = createHeld((event) => apply({...tag, ...event} as WatchEvent));
	const listed = new Map<string, Meta>();

	const tell = (change: Change): void => {
		switch (change.type) {
			case 'init':
				return listed.clear();
			case 'init-apply':
				return void listed.set(keyOf(change.object), change.object);
			case 'init-delete':
				return void listed.delete(keyOf(change.object));
			case 'init-done':
				held.replace(listed);
				return listed.clear();
			case 'apply':
				return held.put(change.object);
			case 'delete':
				return held.remove(change.object);
			case 'clear':
				return held.clear(() => false);
			case 'state':
				return apply({...tag, type: 'state', state: change.state});
		}
	};

	return {tell, clear: (stays) => held.clear(stays)};
}
