/** A line that is typed, and where its cursor stands, counted in graphemes. */
export type EditedLine = {readonly text: string; readonly at: number};

const segmenter = new Intl.Segmenter();

function graphemes(text: string): readonly string[] {
	return Array.from(segmenter.segment(text), ({segment}) => segment);
}

export function lengthOf(text: string): number {
	return graphemes(text).length;
}

/** Text before and behind the cursor. */
export function around({text, at}: EditedLine): readonly [string, string] {
	const all = graphemes(text);
	return [all.slice(0, at).join(''), all.slice(at).join('')];
}

export function insert(line: EditedLine, typed: string): EditedLine {
	const [before, behind] = around(line);
	return {text: before + typed + behind, at: lengthOf(before + typed)};
}

/** What a key of an editor does to a line, as readline has them; undefined for other keys. */
export function edited(key: string, line: EditedLine): EditedLine | undefined {
	const [before, behind] = around(line);
	const end = lengthOf(line.text);
	switch (key) {
		case 'left':
			return {...line, at: Math.max(0, line.at - 1)};
		case 'right':
			return {...line, at: Math.min(end, line.at + 1)};
		case 'home':
		case 'ctrl-a':
			return {...line, at: 0};
		case 'end':
		case 'ctrl-e':
			return {...line, at: end};
		case 'ctrl-u':
			return {text: behind, at: 0};
		case 'ctrl-k':
			return {text: before, at: line.at};
		case 'ctrl-w': {
			const left = before.replace(/\S+\s*$/u, '');
			return {text: left + behind, at: lengthOf(left)};
		}

		case 'backspace':
		case 'delete': {
			const left = graphemes(before).slice(0, -1).join('');
			return {text: left + behind, at: lengthOf(left)};
		}

		default:
			return undefined;
	}
}
