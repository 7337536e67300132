/** A part of a file that is parsed on its own. `line` and `number` count from 1. */
export type DocumentText = {
	readonly text: string;
	readonly line: number;
	readonly number: number;
	readonly format: 'json' | 'yaml';
	/** Its end was not found. */
	readonly isCut?: boolean;
};

/** The documents of a file, one at a time: a file of 5,000 pods is never in memory as a whole tree. */
export function documentsOf(content: string): Iterable<DocumentText> {
	const isJson = /^\s*(?:\{\s*["}]|\[\s*(?:\{\s*["}]|\]))/u.test(content.slice(0, 1000));
	return isJson ? jsonDocuments(content) : yamlDocuments(content);
}

/** A line that begins with `---` ends a document wherever it stands: block scalars are indented. Source: YAML 1.2.2, 9.1.2. */
function* yamlDocuments(content: string): Iterable<DocumentText> {
	const marker = /^(?:---(?=\s|$)|\.\.\.\s*$)/gmu;
	const lineAt = lineCounter(content);
	let start = 0;
	let number = 1;
	for (let isLast = false; !isLast;) {
		const found = marker.exec(content);
		isLast = found === null;
		const text = content.slice(start, found?.index);
		// Comments and directives alone are no document.
		if (/^(?!\s*(?:[#%]|$))/mu.test(text)) {
			yield {text, line: lineAt(start), number: number++, format: 'yaml'};
		}

		start = marker.lastIndex;
	}
}

/** How many documents without an end are skipped: what follows each is scanned again. */
const mostCut = 20;

/**
JSON documents one after the other, or one a line. Lines of other text between them are skipped: `kubectl cluster-info dump`
prints the logs of pods among the objects.
*/
function* jsonDocuments(content: string): Iterable<DocumentText> {
	const lineAt = lineCounter(content);
	let number = 1;
	let cut = 0;
	for (let at = nextJson(content, 0); at !== -1;) {
		const end = endOfJson(content, at);
		const resume = end === -1 ? content.indexOf('\n{', at) : end;
		const stop = resume === -1 ? content.length : resume;
		yield {
			text: content.slice(at, stop),
			line: lineAt(at),
			number: number++,
			format: 'json',
			isCut: end === -1,
		};
		cut += end === -1 ? 1 : 0;
		at = cut > mostCut ? -1 : nextJson(content, stop);
	}
}

const logStart = '==== START logs';
const logEnd = '\n==== END logs';

function nextJson(content: string, from: number): number {
	let at = from;
	while (at < content.length) {
		const token = /\S/gu;
		token.lastIndex = at;
		const found = token.exec(content);
		if (!found || found[0] === '{' || found[0] === '[') {
			return found?.index ?? -1;
		}

		const end = content.startsWith(logStart, found.index)
			? content.indexOf(logEnd, found.index)
			: content.indexOf('\n', found.index);
		at = end === -1 ? content.length : end + 1;
	}

	return -1;
}

/** The index behind the bracket that closes the one at `start`; -1: none does. */
function endOfJson(content: string, start: number): number {
	const sign = /["{}[\]]/gu;
	sign.lastIndex = start;
	let depth = 0;
	for (let found = sign.exec(content); found; found = sign.exec(content)) {
		if (found[0] === '"') {
			sign.lastIndex = endOfText(content, found.index + 1);
		} else {
			depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
		}

		if (depth === 0) {
			return found.index + 1;
		}
	}

	return -1;
}

function endOfText(content: string, from: number): number {
	for (let end = content.indexOf('"', from); end !== -1; end = content.indexOf('"', end + 1)) {
		let slashes = 0;
		while (content[end - 1 - slashes] === '\\') {
			slashes++;
		}

		if (slashes % 2 === 0) {
			return end + 1;
		}
	}

	return content.length;
}

/** Gives the line of an index. Indexes must not go back: each part is counted once. */
export function lineCounter(content: string): (index: number) => number {
	let line = 1;
	let counted = 0;
	return (index) => {
		for (
			let at = content.indexOf('\n', counted);
			at !== -1 && at < index;
			at = content.indexOf('\n', at + 1)
		) {
			line++;
			counted = at + 1;
		}

		return line;
	};
}
