import type {Cell} from './row-cells.ts';

/** A row whose cells are not known is undefined. */
export type Rows = readonly (readonly Cell[] | undefined)[];

/** Rows that the terminal takes out, or blank ones that it puts in; the rows below move. */
export type RowEdit = {readonly change: 'delete' | 'insert'; readonly row: number; readonly count: number};

/** About so many bytes: to go to a run of cells, to change the look inside, to erase blanks, to take rows out or put them in. */
const cost = {run: 7, look: 5, blanks: 7, edit: 4};

/** One row that changed is written where it stands. */
const leastRows = 2;

/**
The edits after which least is left to write: all that take rows out, then all that put rows in, which leaves the rows below
the last where they were. None where a row between is not known: nobody could write it anew.
*/
export function rowEdits(before: Rows, after: Rows): readonly RowEdit[] {
	const changed = [...after.keys()].filter((row) => before[row] !== after[row]);
	const [first, end] = [changed[0] ?? 0, (changed.at(-1) ?? -1) + 1];
	const [was, is] = [before.slice(first, end), after.slice(first, end)];
	if (changed.length < leastRows || ![...was, ...is].every((row) => row !== undefined)) {
		return [];
	}

	return editsOf(cheapestSteps(was, is), first);
}

/** The rows after the edits, where blanks stand in what was put in. */
export function afterEdits(rows: Rows, edits: readonly RowEdit[]): Rows {
	const all = [...rows];
	for (const {change, row, count} of edits) {
		if (change === 'delete') {
			all.splice(row, count);
		} else {
			all.splice(row, 0, ...Array.from({length: count}, () => []));
		}
	}

	return all;
}

/** What becomes of the next row: it stays and is changed, it goes, or another comes before it. */
type Step = 'stay' | 'go' | 'come';

/** By the costs of all beginnings of both, as differences of two texts are found. */
function cheapestSteps(before: Rows, after: Rows): readonly Step[] {
	const [was, is] = inNumbers(before, after);
	const rows = is.length;
	const none = new Int32Array(is[0]?.length ?? 0);
	const comes = is.map((row) => cost.edit + writing(none, row));
	const steps: Step[][] = [];
	let above: number[] = [];
	for (let from = 0; from <= rows; from++) {
		const costs: number[] = [];
		const way: Step[] = [];
		for (let to = 0; to <= rows; to++) {
			const go = from ? above[to]! + cost.edit : Infinity;
			const come = to ? costs[to - 1]! + comes[to - 1]! : Infinity;
			const spare = from && to ? Math.min(go, come) - above[to - 1]! : 0;
			const stay = from && to ? above[to - 1]! + writing(was[from - 1]!, is[to - 1]!, spare) : Infinity;
			const least = from || to ? Math.min(stay, go, come) : 0;
			costs.push(least);
			way.push(least === stay ? 'stay' : least === go ? 'go' : 'come');
		}

		above = costs;
		steps.push(way);
	}

	return walkedBack(steps);
}

function walkedBack(steps: readonly (readonly Step[])[]): readonly Step[] {
	const walked: Step[] = [];
	let [from, to] = [steps.length - 1, steps.length - 1];
	while (from > 0 || to > 0) {
		const step = steps[from]![to]!;
		walked.unshift(step);
		from -= step === 'come' ? 0 : 1;
		to -= step === 'go' ? 0 : 1;
	}

	return walked;
}

/** Rows are taken out from below, and put in from above: so each is where its number says. */
function editsOf(steps: readonly Step[], first: number): readonly RowEdit[] {
	const goes: RowEdit[] = [];
	const comes: RowEdit[] = [];
	let [from, to] = [first, first];
	for (const step of steps) {
		if (step === 'go') {
			add(goes, 'delete', from, from - 1);
		} else if (step === 'come') {
			add(comes, 'insert', to, to - 1);
		}

		from += step === 'come' ? 0 : 1;
		to += step === 'go' ? 0 : 1;
	}

	return [...goes.toReversed(), ...comes];
}

/** To the last edit, where it ends at the row before. */
function add(edits: RowEdit[], change: RowEdit['change'], row: number, above: number): void {
	const last = edits.at(-1);
	if (last && last.row + last.count - 1 === above) {
		edits[edits.length - 1] = {...last, count: last.count + 1};
	} else {
		edits.push({change, row, count: 1});
	}
}

/** Each cell as a number: of its look, of its character, and how many bytes that takes (`lookOf`, `bytesOf`). 0 is a blank. */
function inNumbers(before: Rows, after: Rows): readonly [readonly Int32Array[], readonly Int32Array[]] {
	const known = {look: new Map<string, number>(), text: new Map<string, number>()};
	const width = Math.max(...[...before, ...after].map((row) => row?.length ?? 0));

	function numberOf({text, look}: Cell): number {
		const [looks, texts] = [place(known.look, look), place(known.text, text)];
		return text === ' ' && look === ''
			? 0
			: (looks << 18) | (texts << 2) | Math.min(3, Buffer.byteLength(text));
	}

	const numbers = (rows: Rows): readonly Int32Array[] =>
		rows.map((row) => {
			const all = new Int32Array(width);
			row?.forEach((cell, column) => {
				all[column] = numberOf(cell);
			});
			return all;
		});
	return [numbers(before), numbers(after)];
}

const lookOf = (cell: number): number => cell >> 18;
const bytesOf = (cell: number): number => cell & 3;

function place(known: Map<string, number>, key: string): number {
	const found = known.get(key) ?? known.size + 1;
	known.set(key, found);
	return found;
}

/** About how many bytes it takes to make one row of the other; some number over `most` where it takes more. */
function writing(before: Int32Array, after: Int32Array, most = Infinity): number {
	let [sum, last, look, blanks] = [0, -2, 0, 0];
	for (let column = 0; column < after.length && sum <= most; column++) {
		const cell = after[column]!;
		if (cell === before[column]) {
			continue;
		}

		const isRun = last === column - 1;
		sum += isRun ? 0 : cost.run;
		blanks = cell !== 0 ? 0 : isRun ? blanks + 1 : 1;
		sum += cell !== 0 ? bytesOf(cell) : blanks <= cost.blanks ? 1 : 0;
		if (cell !== 0 && lookOf(cell) !== look) {
			sum += cost.look;
			look = lookOf(cell);
		}

		last = column;
	}

	return sum;
}
