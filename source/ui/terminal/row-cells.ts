/** One column of a row: a character, and how it looks as the parameters of SGR (`1;31`). */
export type Cell = {readonly text: string; readonly look: string};

/** The cell that the terminal shows where nothing was written. */
export const blank: Cell = {text: ' ', look: ''};

/** What a parameter of SGR sets, and the one that takes it back: `1` and `2` share theirs. */
const groups: readonly {readonly on: RegExp; readonly off: string; readonly name: string}[] = [
	{on: /^1$/u, off: '22', name: 'bold'},
	{on: /^2$/u, off: '22', name: 'dim'},
	{on: /^7$/u, off: '27', name: 'inverse'},
	{on: /^(?:3|9)[0-7]$/u, off: '39', name: 'colour'},
];

// eslint-disable-next-line no-control-regex
const tokens = /\u001B\[(?<sgr>[\d;]*)m|(?<text>[^\u001B]+)/gu;

/** Characters that every terminal draws in one column; others may move what follows them. */
const plain =
	/^[\u0020-\u007E\u00A0-\u00FF\u2010-\u203A\u2190-\u21FF\u2200-\u22FF\u2300-\u23FE\u2500-\u25FF\u2700-\u2775\u2800-\u28FF]*$/u;

/** A row of the screen by its columns; undefined where it holds anything but plain characters and simple looks. */
export function cellsOf(row: string): readonly Cell[] | undefined {
	const active = new Map<string, string>();
	const cells: Cell[] = [];
	let read = 0;
	for (const match of row.matchAll(tokens)) {
		read += match[0].length;
		const {sgr, text} = match.groups!;
		if (sgr !== undefined && !apply(sgr, active)) {
			return undefined;
		}

		if (text !== undefined && !plain.test(text)) {
			return undefined;
		}

		const look = [...active.values()].toSorted((a, b) => Number(a) - Number(b)).join(';');
		cells.push(...Array.from(text ?? '', (character) => ({text: character, look: lookOf(character, look)})));
	}

	return read === row.length ? cells : undefined;
}

/** A blank shows its style only where that is reverse. */
function lookOf(character: string, look: string): string {
	return character === ' ' && !isReverse(look) ? '' : look;
}

export function isReverse(look: string): boolean {
	return look.split(';').includes('7');
}

function apply(parameters: string, active: Map<string, string>): boolean {
	for (const parameter of parameters.split(';')) {
		if (parameter === '' || parameter === '0') {
			active.clear();
			continue;
		}

		const set = groups.find(({on}) => on.test(parameter));
		const unset = groups.filter(({off}) => off === parameter);
		if (set) {
			active.set(set.name, parameter);
		} else if (unset.length > 0) {
			unset.forEach(({name}) => active.delete(name));
		} else {
			return false;
		}
	}

	return true;
}

export function isSameCell(a: Cell | undefined, b: Cell | undefined): boolean {
	return a?.text === b?.text && a?.look === b?.look;
}
