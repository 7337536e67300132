import {messageOf} from '../errors.ts';
import {isDeepStrictEqual} from 'node:util';
import type {DataSource} from './data-source.ts';
import type {ObjectLook} from './object-look.ts';
import type {LookedAt} from './state.ts';

/** Shows one object at a time: its YAML, events or log, read when it is asked for. */
type Looking = {
	look(wanted: ObjectLook | undefined, dataSource: DataSource): void;
};

export function createLooking(show: (state: LookedAt | undefined) => void): Looking {
	let shown: LookedAt | undefined;
	/** What is being read, and how. */
	let pending: readonly [ObjectLook, DataSource['readObject']] | undefined;

	function set(state: LookedAt | undefined): void {
		shown = state;
		show(state);
	}

	return {
		look(wanted, {readObject}) {
			if (!wanted || !readObject) {
				pending = undefined;
				set(undefined);
				return;
			}

			const asked = [wanted, readObject] as const;
			if (isDeepStrictEqual(pending, asked)) {
				return;
			}

			pending = asked;

			// A log that is followed is read again and again: what is shown stays meanwhile.
			if (!isSame(shown, wanted)) {
				set({...about(wanted), phase: 'reading', lines: [], marked: []});
			}

			void answer(wanted, readObject).then((state) => {
				// Another may be wanted by now.
				if (pending === asked) {
					pending = undefined;
					set(state);
				}
			});
		},
	};
}

function isSame(shown: LookedAt | undefined, wanted: ObjectLook): boolean {
	return shown !== undefined && isDeepStrictEqual(about(shown), about(wanted));
}

type About = Pick<LookedAt, 'what' | 'ref' | 'container' | 'previous'>;

function about({what, ref, container, previous}: About): About {
	return {what, ref, container, previous};
}

async function answer(wanted: ObjectLook, read: NonNullable<DataSource['readObject']>): Promise<LookedAt> {
	try {
		return {...about(wanted), phase: 'shown', ...(await read(wanted))};
	} catch (error) {
		const lines = [messageOf(error)];
		return {...about(wanted), phase: 'failed', lines, marked: []};
	}
}
