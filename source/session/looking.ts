import type {DataSource, ObjectLook} from './data-source.ts';
import type {LookedAt} from './state.ts';

/** Shows one object at a time: its YAML, events or log, read when it is asked for. */
export type Looking = {
	look(wanted: ObjectLook | undefined, dataSource: DataSource): void;
};

export function createLooking(show: (state: LookedAt | undefined) => void): Looking {
	let newest = 0;
	let shown: LookedAt | undefined;
	return {
		look(wanted, {readObject}) {
			const turn = ++newest;
			if (!wanted || !readObject) {
				shown = undefined;
				show(undefined);
				return;
			}

			// A log that is followed is read again and again: what is shown stays meanwhile.
			if (!isSame(shown, wanted)) {
				show({...about(wanted), phase: 'reading', lines: [], marked: []});
			}

			void answer(wanted, readObject).then((state) => {
				// Another may be wanted by now.
				if (turn === newest) {
					shown = state;
					show(state);
				}
			});
		},
	};
}

function isSame(shown: LookedAt | undefined, wanted: ObjectLook): boolean {
	return shown !== undefined && JSON.stringify(about(shown)) === JSON.stringify(about(wanted));
}

function about({
	what,
	ref,
	container,
	previous,
}: Pick<LookedAt, 'what' | 'ref' | 'container' | 'previous'>): Pick<
	LookedAt,
	'what' | 'ref' | 'container' | 'previous'
> {
	return {what, ref, container, previous};
}

async function answer(wanted: ObjectLook, read: NonNullable<DataSource['readObject']>): Promise<LookedAt> {
	try {
		return {...about(wanted), phase: 'shown', ...(await read(wanted))};
	} catch (error) {
		const lines = [error instanceof Error ? error.message : String(error)];
		return {...about(wanted), phase: 'failed', lines, marked: []};
	}
}
