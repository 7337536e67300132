/** One part of a pattern: what RE2 makes one or a few instructions of, or a sign that stands for those before it. */
const part =
	/\(\?[A-Za-z\-]+\)|\\Q.*?(?:\\E|$)|\\x\{[^\}]*\}|\\[pP]\{[^\}]*\}|\\.?|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|\{(?<min>0|[1-9]\d*)(?:,(?<max>0|[1-9]\d*)?)?\}|./gsv;

type Group = {sum: number; last: number};

/**
How many instructions RE2 makes of a pattern, at most; found without making them. RE2 writes a repeated part out: `(a{100}){100}`
is 10,000 of them (regexp/syntax, simplify.go).
*/
export function regexSize(pattern: string): number {
	const open: Group[] = [{sum: 0, last: 0}];
	for (const {0: text, groups} of pattern.matchAll(part)) {
		const group = open.at(-1)!;
		if (text === '(') {
			open.push({sum: 4, last: 0});
		} else if (text === ')' && open.length > 1) {
			open.pop();
			add(open.at(-1)!, group.sum);
		} else if (groups?.['min'] !== undefined) {
			repeat(group, Number(groups['min']), Number(groups['max'] ?? groups['min']));
		} else if (/^[*+?]$/v.test(text)) {
			repeat(group, 1, 1);
		} else if (!text.startsWith('(?')) {
			// Flags, `(?i)`, are no part: what repeats after them is the part before.
			add(group, text.startsWith('\\Q') ? text.length : text === '|' ? 2 : 1);
		}
	}

	return open.reduce((sum, group) => sum + group.sum, 0);
}

function add(group: Group, size: number): void {
	group.sum += size;
	group.last = size;
}

/** Each copy that may be left out has an instruction more, and so has a loop. */
function repeat(group: Group, min: number, max: number): void {
	const copies = Math.max(min, max, 1);
	const size = group.last * copies + Math.max(max - min, 1);
	group.sum += size - group.last;
	group.last = size;
}
