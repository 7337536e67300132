import {applyObjects, createFilling, missingInFile} from '../../source/feeds/file/apply-objects.ts';
import {readingFile} from '../../source/feeds/file/reading-file.ts';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import type {Evidence} from '../../source/model/evidence.ts';
import type {Kind} from '../../source/model/kinds.ts';
import type {KindState, Snapshot} from '../../source/model/snapshot.ts';
import type {WatchEvent} from '../../source/model/watch-event.ts';
import type {Wire} from '../../source/projection/wire.ts';
import {createStore} from '../../source/store/store.ts';

/** The time in tests: 2026-01-01 12:00:00 UTC. */
export const noon = Date.UTC(2026, 0, 1, 12);

type SnapshotOptions = {
	readonly now?: number;
	readonly evidence?: readonly Evidence[];
	readonly states?: Partial<Record<Kind, KindState>>;
};

/** A snapshot of real Kubernetes YAML; every kind is synced unless `states` says otherwise. */
export function snapshotOf(yaml: string, options: SnapshotOptions = {}): Snapshot {
	return snapshotOfObjects(parseObjects(yaml, 'test.yaml'), options);
}

export function snapshotOfObjects(objects: readonly Wire[], options: SnapshotOptions = {}): Snapshot {
	const {writer, reader} = createStore({unlisted: {state: 'synced'}});
	applyObjects(writer, objects);
	for (const [kind, state] of Object.entries(options.states ?? {})) {
		writer.apply({type: 'state', kind, state} as WatchEvent);
	}

	for (const observation of [...(options.evidence ?? [])].toReversed()) {
		writer.observe(observation);
	}

	return reader.snapshot(options.now ?? noon);
}

/** What `-f` reads of a file: a kind that it does not hold is unknown, and it may tell of some namespaces alone. */
export function snapshotOfFile(yaml: string): Snapshot {
	const {writer, reader} = createStore({unlisted: missingInFile});
	const filling = createFilling();
	parseObjects(yaml, 'dump').forEach((wire) => filling.add(wire));
	filling.finish(writer, 'file');
	return readingFile(reader).snapshot(noon);
}
