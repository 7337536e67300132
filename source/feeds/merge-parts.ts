import {hasAnswer, type KindState} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';

type Apply = (event: WatchEvent) => void;
type Placed = Extract<WatchEvent, {readonly object: unknown}>;

type Part = {
	/** By `namespace/name`: the last event that placed the object. */
	held: Map<string, Placed>;
	listed: Map<string, Placed>;
	state: KindState;
};

const keyOf = ({namespace, name}: {readonly namespace: string; readonly name: string}) =>
	`${namespace}/${name}`;

/**
A kind that is read by several narrow list-watches, as one: whole when each of them is whole or cannot be had. What can be
read is told even when another part is forbidden. Every change is told as a new list, so it is meant for a few objects.
*/
export function mergeParts(count: number, apply: Apply): readonly Apply[] {
	const parts = Array.from({length: count}, (): Part => ({
		held: new Map(),
		listed: new Map(),
		state: {state: 'not-watched'},
	}));

	let told: KindState | undefined;

	const tell = (event: WatchEvent): void => {
		const {kind, scope} = event;
		const tag = scope === undefined ? {kind} : {kind, scope};
		const state = worst(parts.map((part) => part.state));
		if (event.type === 'state' && JSON.stringify(state) === JSON.stringify(told)) {
			return;
		}

		told = state;
		if (hasAnswer(state)) {
			apply({...tag, type: 'init'});
			for (const {type: _, ...placed} of parts.flatMap(({held}) => [...held.values()])) {
				apply({...placed, type: 'init-apply'});
			}

			apply({...tag, type: 'init-done'});
		}

		apply({...tag, type: 'state', state});
	};

	return parts.map((part) => (event) => {
		if (note(part, event)) {
			tell(event);
		}
	});
}

/** Whether there is something to tell. */
function note(part: Part, event: WatchEvent): boolean {
	switch (event.type) {
		case 'init':
			part.listed = new Map();
			return false;
		case 'init-apply':
			part.listed.set(keyOf(event.object), event);
			return false;
		case 'init-done':
			part.held = part.listed;
			part.listed = new Map();
			part.state = {state: 'synced'};
			return true;
		case 'apply':
			part.held.set(keyOf(event.object), event);
			return true;
		case 'delete':
			return part.held.delete(keyOf(event));
		case 'state': {
			part.state = event.state;
			return true;
		}
	}
}

const order: readonly KindState['state'][] = [
	'connecting',
	'not-watched',
	'forbidden',
	'absent',
	'stale',
	'synced',
];

function worst(states: readonly KindState[]): KindState {
	return states.reduce((a, b) => (order.indexOf(b.state) < order.indexOf(a.state) ? b : a), {
		state: 'synced',
	});
}
