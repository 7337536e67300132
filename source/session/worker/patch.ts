import {isData} from '../reuse.ts';

/** One difference between two states: a value to put somewhere, or (without one) a key to take away. */
export type Change = {readonly path: readonly string[]; readonly value?: unknown; readonly gone?: boolean};

/** What turns one state into another. Fast where states share their unchanged parts (reuse.ts). */
export function changesBetween(
	previous: unknown,
	next: unknown,
	path: readonly string[] = [],
): readonly Change[] {
	if (Object.is(previous, next)) {
		return [];
	}

	if (!isData(previous) || !isData(next) || !isAlike(previous, next)) {
		return [{path, value: next}];
	}

	const before = previous as Readonly<Record<string, unknown>>;
	const after = next as Readonly<Record<string, unknown>>;
	const put = Object.keys(after).flatMap((key) => changesBetween(before[key], after[key], [...path, key]));
	const gone = Object.keys(before)
		.filter((key) => !Object.hasOwn(after, key))
		.map((key) => ({path: [...path, key], gone: true}));
	return [...put, ...gone];
}

/** Lists of another length are sent whole: after an inserted row all that follow would differ. */
function isAlike(a: object, b: object): boolean {
	return Array.isArray(a) ? Array.isArray(b) && a.length === b.length : !Array.isArray(b);
}

/** The state with the changes applied; unchanged parts keep their identity. */
export function applyChanges<T>(state: T, changes: readonly Change[]): T {
	return changes.reduce<unknown>((current, change) => applyAt(current, change, 0), state) as T;
}

function applyAt(current: unknown, change: Change, detail: number): unknown {
	const key = change.path[detail];
	if (key === undefined) {
		return change.value;
	}

	const copy: Record<string, unknown> = Array.isArray(current)
		? ([...current] as never)
		: {...(current as object)};
	if (change.gone && detail === change.path.length - 1) {
		delete copy[key];
	} else {
		copy[key] = applyAt(copy[key], change, detail + 1);
	}

	return copy;
}
