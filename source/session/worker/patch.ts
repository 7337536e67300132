import {counterpartsIn, isData} from '../reuse.ts';

/** What turns one plain value into another; undefined: they are the same. */
export type Patch =
	| {readonly value: unknown}
	| {readonly fields: Readonly<Record<string, Patch>>; readonly gone: readonly string[]}
	| {readonly runs: readonly Run[]};

/** A part of a list: items of the old one as they were, one of them changed, or new ones. */
type Run =
	| {readonly from: number; count: number}
	| {readonly from: number; readonly patch: Patch}
	| {readonly items: unknown[]};

type Fields = Readonly<Record<string, unknown>>;

/** What turns one value into another. Fast where they share their unchanged parts (reuse.ts). */
export function patchBetween(previous: unknown, next: unknown): Patch | undefined {
	if (Object.is(previous, next)) {
		return undefined;
	}

	if (Array.isArray(previous) && Array.isArray(next)) {
		return listPatch(previous, next);
	}

	return isData(previous) && isData(next) && Array.isArray(previous) === Array.isArray(next)
		? fieldsPatch(previous as Fields, next as Fields)
		: {value: next};
}

function fieldsPatch(before: Fields, after: Fields): Patch | undefined {
	const fields = Object.keys(after).flatMap((key) => {
		const patch = patchBetween(before[key], after[key]);
		return patch ? [[key, patch] as const] : [];
	});
	const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
	return fields.length + gone.length > 0 ? {fields: Object.fromEntries(fields), gone} : undefined;
}

/** One row more or less among ten thousand costs one row of a patch. */
function listPatch(before: readonly unknown[], after: readonly unknown[]): Patch | undefined {
	const counterpart = counterpartsIn(before, after);
	const runs: Run[] = [];
	for (const [index, item] of after.entries()) {
		const from = counterpart(index);
		if (from === undefined) {
			addItem(runs, item);
		} else {
			addChanged(runs, {from, item, patch: patchBetween(before[from], item)});
		}
	}

	const isSame = before.length === after.length && runs.every((run) => 'count' in run) && runs.length < 2;
	return isSame ? undefined : {runs};
}

type Changed = {readonly from: number; readonly item: unknown; readonly patch: Patch | undefined};

function addChanged(runs: Run[], {from, item, patch}: Changed): void {
	if (!patch) {
		addKept(runs, from);
	} else if ('value' in patch) {
		addItem(runs, item);
	} else {
		runs.push({from, patch});
	}
}

function addKept(runs: Run[], from: number): void {
	const last = runs.at(-1);
	if (last && 'count' in last && last.from + last.count === from) {
		last.count++;
	} else {
		runs.push({from, count: 1});
	}
}

function addItem(runs: Run[], item: unknown): void {
	const last = runs.at(-1);
	if (last && 'items' in last) {
		last.items.push(item);
	} else {
		runs.push({items: [item]});
	}
}

/** The value with the patch applied; unchanged parts keep their identity. */
export function applyPatch<T>(value: T, patch: Patch): T {
	if ('value' in patch) {
		return patch.value as T;
	}

	return ('runs' in patch ? listOf(value as readonly unknown[], patch.runs) : objectOf(value, patch)) as T;
}

function listOf(before: readonly unknown[], runs: readonly Run[]): readonly unknown[] {
	return runs.flatMap((run) => {
		if ('items' in run) {
			return run.items;
		}

		return 'count' in run
			? before.slice(run.from, run.from + run.count)
			: [applyPatch(before[run.from], run.patch)];
	});
}

function objectOf(value: unknown, {fields, gone}: Extract<Patch, {gone: unknown}>): Fields {
	const copy: Record<string, unknown> = {...(value as Fields)};
	gone.forEach((key) => delete copy[key]);
	for (const [key, patch] of Object.entries(fields)) {
		copy[key] = applyPatch(copy[key], patch);
	}

	return copy;
}
