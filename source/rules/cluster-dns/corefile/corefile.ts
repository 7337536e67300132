/** A directive of a server block: its name, the rest of its line, and the lines of its own block. */
export type Directive = {
	readonly name: string;
	readonly args: readonly string[];
	readonly lines: readonly (readonly string[])[];
};

export type ServerBlock = {
	/** As written: `cluster.local:53`, `.:53`, `10.0.0.0/8`. */
	readonly keys: readonly string[];
	readonly directives: readonly Directive[];
};

type Token = {readonly text: string; readonly line: number};

/** Imported snippets may import others, but not for ever. */
const maxImports = 8;

/**
Reads the text of a Corefile (coredns.io/manual/configuration, Caddyfile syntax): server blocks, snippets, comments,
quotes. Never throws: what makes no sense is left out. `files` absent: not known, and imports stay as they are.
*/
export function parseCorefile(text: string, files?: CorefileFiles): readonly ServerBlock[] {
	const blocks = readBlocks(tokensOf(files ? withImports(text, files) : text));
	const snippets = new Map(
		blocks
			.filter(({keys}) => isSnippet(keys))
			.map(({keys, directives}) => [keys[0]?.slice(1, -1) ?? '', directives] as const),
	);
	return blocks
		.filter(({keys}) => !isSnippet(keys))
		.map(({keys, directives}) => ({keys, directives: expand(directives, snippets, 0)}));
}

/** Text of the files that a Corefile imports, by name. */
export type CorefileFiles = Readonly<Record<string, string>>;

/** `import custom/*.server` stands for the text of the files, inside a server block or beside it. Snippets have no path. */
function withImports(text: string, files: CorefileFiles): string {
	return text
		.split('\n')
		.map((line) => {
			const pattern = /^\s*import\s+(\S*[/*]\S*)\s*$/u.exec(line)?.[1]?.split('/').at(-1);
			return pattern === undefined ? line : matching(pattern, files).join('\n');
		})
		.join('\n');
}

function matching(pattern: string, files: CorefileFiles): readonly string[] {
	const [start = '', end] = pattern.split('*');
	return Object.entries(files)
		.filter(([name]) => (end === undefined ? name === pattern : name.startsWith(start) && name.endsWith(end)))
		.map(([, text]) => text);
}

function isSnippet(keys: readonly string[]): boolean {
	return keys.length === 1 && /^\(.+\)$/u.test(keys[0] ?? '');
}

function expand(
	directives: readonly Directive[],
	snippets: ReadonlyMap<string, readonly Directive[]>,
	depth: number,
): readonly Directive[] {
	return directives.flatMap((directive) => {
		const snippet = directive.name === 'import' ? snippets.get(directive.args[0] ?? '') : undefined;
		return snippet && depth < maxImports ? expand(snippet, snippets, depth + 1) : [directive];
	});
}

/** Words and quoted strings; `#` at the start of a word begins a comment. */
function tokensOf(text: string): readonly Token[] {
	return text
		.split('\n')
		.flatMap((line, index) =>
			[...line.matchAll(/"((?:[^"\\]|\\.)*)"?|(#.*)|(\S+)/gu)]
				.filter(([, , comment]) => comment === undefined)
				.map(([, quoted, , word]) => ({text: quoted ?? word ?? '', line: index})),
		);
}

function readBlocks(tokens: readonly Token[]): readonly ServerBlock[] {
	const blocks: ServerBlock[] = [];
	let keys: string[] = [];
	let position = 0;
	while (position < tokens.length) {
		const token = tokens[position];
		if (token?.text === '{') {
			const end = closing(tokens, position);
			blocks.push({keys, directives: directivesOf(tokens.slice(position + 1, end))});
			keys = [];
			position = end + 1;
		} else {
			keys.push(...(token?.text.split(',').filter((key) => key !== '') ?? []));
			position++;
		}
	}

	return blocks;
}

/** Position of the brace that closes the one at `open`; the end of the text where none does. */
function closing(tokens: readonly Token[], open: number): number {
	let depth = 0;
	for (let position = open; position < tokens.length; position++) {
		const text = tokens[position]?.text;
		depth += text === '{' ? 1 : text === '}' ? -1 : 0;
		if (depth === 0) {
			return position;
		}
	}

	return tokens.length;
}

function directivesOf(tokens: readonly Token[]): readonly Directive[] {
	const directives: Directive[] = [];
	let position = 0;
	while (position < tokens.length) {
		const line = takeLine(tokens, position);
		position += line.length;
		let lines: readonly (readonly string[])[] = [];
		if (tokens[position]?.text === '{') {
			const end = closing(tokens, position);
			lines = linesOf(tokens.slice(position + 1, end));
			position = end + 1;
		}

		const [name, ...args] = line;
		if (name !== undefined) {
			directives.push({name, args, lines});
		} else if (tokens[position]?.text === '}') {
			position++;
		}
	}

	return directives;
}

/** The words of the line that begins at `start`, up to a brace. */
function takeLine(tokens: readonly Token[], start: number): readonly string[] {
	const words: string[] = [];
	for (let position = start; position < tokens.length; position++) {
		const token = tokens[position];
		if (!token || token.text === '{' || token.text === '}' || token.line !== tokens[start]?.line) {
			break;
		}

		words.push(token.text);
	}

	return words;
}

function linesOf(tokens: readonly Token[]): readonly (readonly string[])[] {
	const words = tokens.filter(({text}) => text !== '{' && text !== '}');
	return [...Map.groupBy(words, ({line}) => line).values()].map((line) => line.map(({text}) => text));
}
