import type {DataSource, ObjectLook} from './data-source.ts';
import type {LookedAt} from './state.ts';

/** Shows one object at a time: its YAML, events or log, read when it is asked for. */
export type Looking = {
	look(wanted: ObjectLook | undefined, dataSource: DataSource): void;
};

export function createLooking(show: (state: LookedAt | undefined) => void): Looking {
	let newest = 0;
	let shown: LookedAt | undefined;

	function set(state: LookedAt | undefined): void {
		shown = state;
		show(state);
	}

	return {
		look(wanted, {readObject}) {
			const turn = ++newest;
			if (!wanted || !readObject) {
				set(undefined);
				return;
			}

			// A log that is followed is read again and again: what is shown stays meanwhile.
			if (!isSame(shown, wanted)) {
				set({...about(wanted), phase: 'reading', lines: [], marked: []});
			}

			void answer(wanted, readObject).then((state) => {
				// Another may be wanted by now.
				if (turn === newest) {
					set(state);
				}
			});
		},
	};
}

function isSame(shown: LookedAt | undefined, wanted: ObjectLook): boolean {
	return shown !== undefined && JSON.stringify(about(shown)) === JSON.stringify(about(wanted));
}

type About = Pick<LookedAt, 'what' | 'ref' | 'container' | 'previous'>;

function about({what, ref, container, previous}: About): About {
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
