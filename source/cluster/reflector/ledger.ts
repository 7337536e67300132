import type {Kind} from '../../model/kinds.ts';
import type {Meta} from '../../model/meta.ts';
import type {WatchEvent} from '../../model/watch-event.ts';
import type {Change} from './types.ts';
import {isOlder} from './versions.ts';

/** Turns the changes of one list-watch into watch events, knowing what it holds. */
export type Ledger = {
	tell(change: Change): void;
	/** Deletes what is held, but for what is said to stay: another list-watch holds it too. */
	clear(stays?: (object: Meta) => boolean): void;
	readonly size: number;
};

type Options = {
	readonly kind: Kind;
	/** The namespace of a list-watch per namespace. */
	readonly scope?: string;
	readonly apply: (event: WatchEvent) => void;
};

const keyOf = ({namespace, name}: Meta): string => `${namespace}/${name}`;

/**
A list is held back until it is whole, so one that breaks off leaves no trace. An object that was deleted and made again
under its name (another uid) is told as a deletion and a new object, also when nobody saw it happen. An event older than
what is held is a replay and says nothing.
*/
export function createLedger({kind, scope, apply}: Options): Ledger {
	let held = new Map<string, Meta>();
	let listed = new Map<string, Meta>();
	// The kind and the projection of its objects belong together by construction, which the compiler cannot see here.
	const send = (event: Readonly<Record<string, unknown>>): void =>
		apply({kind, ...(scope !== undefined && {scope}), ...event} as WatchEvent);
	const sendDelete = ({namespace, name}: Meta): void => send({type: 'delete', namespace, name});

	const put = (object: Meta): void => {
		const key = keyOf(object);
		const old = held.get(key);
		const isRecreated = isAnother(old, object);
		if (old && !isRecreated && isReplay(old, object)) {
			return;
		}

		if (old && isRecreated) {
			if (isOlder(object.resourceVersion, old.resourceVersion)) {
				return;
			}

			sendDelete(old);
		}

		held.set(key, object);
		send({type: 'apply', object});
	};

	const remove = (object: Meta): void => {
		const old = held.get(keyOf(object));
		if (old && !isAnother(old, object) && !isOlder(object.resourceVersion, old.resourceVersion)) {
			held.delete(keyOf(object));
			sendDelete(old);
		}
	};

	const replace = (): void => {
		for (const [key, object] of listed) {
			const old = held.get(key);
			if (old && isAnother(old, object)) {
				sendDelete(old);
			}
		}

		held = listed;
		listed = new Map();
		send({type: 'init'});
		for (const object of held.values()) {
			send({type: 'init-apply', object});
		}

		send({type: 'init-done'});
	};

	const clear = (stays: (object: Meta) => boolean = () => false): void => {
		for (const object of held.values()) {
			if (!stays(object)) {
				sendDelete(object);
			}
		}

		held = new Map();
	};

	const tell = (change: Change): void => {
		switch (change.type) {
			case 'init':
				listed = new Map();
				return;
			case 'init-apply':
				listed.set(keyOf(change.object), change.object);
				return;
			case 'init-delete':
				listed.delete(keyOf(change.object));
				return;
			case 'init-done':
				return replace();
			case 'apply':
				return put(change.object);
			case 'delete':
				return remove(change.object);
			case 'clear':
				return clear();
			case 'state':
				return send({type: 'state', state: change.state});
		}
	};

	return {
		tell,
		clear,
		get size() {
			return held.size;
		},
	};
}

function isAnother(old: Meta | undefined, object: Meta): boolean {
	return old !== undefined && old.uid !== '' && object.uid !== '' && old.uid !== object.uid;
}

function isReplay(old: Meta, object: Meta): boolean {
	return (
		(old.resourceVersion !== '' && old.resourceVersion === object.resourceVersion) ||
		isOlder(object.resourceVersion, old.resourceVersion)
	);
}
