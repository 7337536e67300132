import type {Meta} from '../../model/meta.ts';
import {isOlder} from './versions.ts';

/** What one list-watch holds. Every change comes out of `send`, in the shape of a watch event without its kind. */
export type Held = {
	put(object: Meta): void;
	remove(object: Meta): void;
	/** By `namespace/name`. */
	replace(objects: ReadonlyMap<string, Meta>): void;
	/** Deletes all but what is said to stay. */
	clear(stays: (object: Meta) => boolean): void;
};

type Send = (event: Readonly<Record<string, unknown>>) => void;

export const keyOf = ({namespace, name}: Meta): string => `${namespace}/${name}`;

/**
An object that was deleted and made again under its name (another uid) is told as a deletion and a new object, also when
nobody saw it happen. An event older than what is held is a replay and says nothing.
*/
export function createHeld(send: Send): Held {
	let held: Map<string, Meta> = new Map();
	const sendDelete = ({namespace, name}: Meta): void => send({type: 'delete', namespace, name});

	return {
		put(object) {
			const key = keyOf(object);
			const old = held.get(key);
			if (old && isReplay(old, object)) {
				return;
			}

			if (old && isAnother(old, object)) {
				sendDelete(old);
			}

			held.set(key, object);
			send({type: 'apply', object});
		},
		remove(object) {
			const old = held.get(keyOf(object));
			if (old && !isAnother(old, object) && !isOlder(object.resourceVersion, old.resourceVersion)) {
				held.delete(keyOf(object));
				sendDelete(old);
			}
		},
		replace(objects) {
			for (const [key, object] of objects) {
				const old = held.get(key);
				if (old && isAnother(old, object)) {
					sendDelete(old);
				}
			}

			held = new Map(objects);
			send({type: 'init'});
			held.forEach((object) => send({type: 'init-apply', object}));
			send({type: 'init-done'});
		},
		clear(stays) {
			[...held.values()].filter((object) => !stays(object)).forEach(sendDelete);
			held = new Map();
		},
	};
}

function isAnother(old: Meta, object: Meta): boolean {
	return old.uid !== '' && object.uid !== '' && old.uid !== object.uid;
}

function isReplay(old: Meta, object: Meta): boolean {
	return (
		isOlder(object.resourceVersion, old.resourceVersion) ||
		(old.resourceVersion !== '' && old.resourceVersion === object.resourceVersion && !isAnother(old, object))
	);
}
