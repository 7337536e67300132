import {applyObjects} from '../../feeds/file/apply-objects.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {createStore} from '../../store/store.ts';
import {servedKinds} from '../parse-request.ts';
import type {World} from '../world.ts';

/** The simulated cluster as its own parts see it: whole, and as of now. */
export function worldSnapshot(world: World, now: number): Snapshot {
	const {writer, reader} = createStore({unlisted: {state: 'synced'}, schedule: () => {}});
	applyObjects(
		writer,
		servedKinds.flatMap((kind) => world.list(kind)),
	);
	return reader.snapshot(now);
}
