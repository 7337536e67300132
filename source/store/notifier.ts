import type {Kind} from '../model/kinds.ts';
import type {Notice} from './store-types.ts';

export type Schedule = (callback: () => void) => void;

/** Collects changes and reports them once a tick: a thousand events make one notice. */
export function createNotifier(schedule: Schedule = (callback) => void setImmediate(callback)) {
	const listeners = new Set<(notice: Notice) => void>();
	let kinds = new Set<Kind>();
	let objects = new Set<string>();
	let evidence = false;
	let scheduled = false;

	const flush = (): void => {
		if (!scheduled) {
			return;
		}

		const notice: Notice = {kinds, objects, evidence};
		kinds = new Set();
		objects = new Set();
		evidence = false;
		scheduled = false;
		for (const listener of listeners) {
			listener(notice);
		}
	};

	const ask = (): void => {
		if (!scheduled && listeners.size > 0) {
			scheduled = true;
			schedule(flush);
		}
	};

	return {
		/** Reports what was collected at once, where there is something. */
		flush,
		touch(kind: Kind, keys: readonly string[]): void {
			if (listeners.size > 0) {
				kinds.add(kind);
				for (const key of keys) {
					objects.add(`${kind}/${key}`);
				}
			}

			ask();
		},
		touchEvidence(): void {
			evidence = true;
			ask();
		},
		subscribe(listener: (notice: Notice) => void): () => void {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}
