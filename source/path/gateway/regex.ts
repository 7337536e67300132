import {isWordCode, parseRegex, type Node} from './regex-parse.ts';

/** `invalid`: not a regular expression of RE2, or one that is not read here (then nothing is guessed). */
export type RegexResult = 'matches' | 'differs' | 'invalid';

type Step =
	| {readonly op: 'set'; readonly has: (code: number) => boolean}
	| {readonly op: 'assert'; readonly at: 'start' | 'end' | 'word' | 'no-word'}
	| {readonly op: 'split'; readonly to: readonly number[]};

const mostSteps = 4000;
const longestText = 8192;

/**
RE2's matching in time linear in the text: patterns come from a cluster, so nothing here may backtrack. `whole`: the pattern must
take all of the text (Envoy and most others); without, a part is enough (Traefik's PathRegexp).
*/
export function testRegex(pattern: string, text: string, {whole}: {readonly whole: boolean}): RegexResult {
	const node = pattern.length > 1024 ? undefined : parseRegex(pattern);
	const program: Step[] = [];
	if (!node || text.length > longestText || !compile(node, program)) {
		return 'invalid';
	}

	return run(program, text, whole) ? 'matches' : 'differs';
}

/** Appends the steps of a node; false when the program grows too long. */
function compile(node: Node, program: Step[]): boolean {
	if (program.length > mostSteps) {
		return false;
	}

	switch (node.type) {
		case 'set':
			program.push({op: 'set', has: node.has});
			return true;
		case 'assert':
			program.push({op: 'assert', at: node.at});
			return true;
		case 'cat':
			return node.items.every((item) => compile(item, program));
		case 'or':
			return compileOr(node.items, program);
		case 'repeat':
			return compileRepeat(node, program);
	}
}

function compileOr(items: readonly Node[], program: Step[]): boolean {
	const split = program.length;
	program.push({op: 'split', to: []});
	const starts: number[] = [];
	const ends: number[] = [];
	for (const item of items) {
		starts.push(program.length);
		if (!compile(item, program)) {
			return false;
		}

		ends.push(program.length);
		program.push({op: 'split', to: []});
	}

	program[split] = {op: 'split', to: starts};
	for (const end of ends) {
		program[end] = {op: 'split', to: [program.length]};
	}

	return true;
}

function compileRepeat({item, min, max}: Extract<Node, {type: 'repeat'}>, program: Step[]): boolean {
	for (let count = 0; count < min; count++) {
		if (!compile(item, program)) {
			return false;
		}
	}

	if (max === Infinity) {
		return compileLoop(item, program);
	}

	const exits: number[] = [];
	for (let count = min; count < max; count++) {
		exits.push(program.length);
		program.push({op: 'split', to: []});
		if (!compile(item, program)) {
			return false;
		}
	}

	for (const exit of exits) {
		program[exit] = {op: 'split', to: [exit + 1, program.length]};
	}

	return true;
}

function compileLoop(item: Node, program: Step[]): boolean {
	const split = program.length;
	program.push({op: 'split', to: []});
	if (!compile(item, program)) {
		return false;
	}

	program.push({op: 'split', to: [split]});
	program[split] = {op: 'split', to: [split + 1, program.length]};
	return true;
}

/** Thompson's simulation: all states at once, one character after the other. */
function run(program: readonly Step[], text: string, whole: boolean): boolean {
	let states = new Set<number>();
	for (let at = 0; at <= text.length; at++) {
		if (at === 0 || !whole) {
			follow({program, text, states}, 0, at);
		}

		if (states.has(program.length) && (!whole || at === text.length)) {
			return true;
		}

		const next = new Set<number>();
		for (const state of states) {
			const step = program[state];
			if (step?.op === 'set' && at < text.length && step.has(text.charCodeAt(at))) {
				follow({program, text, states: next}, state + 1, at + 1);
			}
		}

		states = next;
	}

	return false;
}

type Follow = {readonly program: readonly Step[]; readonly text: string; readonly states: Set<number>};

function follow({program, text, states}: Follow, from: number, at: number): void {
	const open = [from];
	while (open.length > 0) {
		const state = open.pop()!;
		const step = program[state];
		if (states.has(state)) {
			continue;
		}

		states.add(state);
		if (step?.op === 'split') {
			open.push(...step.to);
		} else if (step?.op === 'assert' && holds(step.at, text, at)) {
			open.push(state + 1);
		}
	}
}

function holds(assertion: 'start' | 'end' | 'word' | 'no-word', text: string, at: number): boolean {
	const isWordAt = (index: number) => index >= 0 && index < text.length && isWordCode(text.charCodeAt(index));
	switch (assertion) {
		case 'start':
			return at === 0;
		case 'end':
			return at === text.length;
		case 'word':
			return isWordAt(at - 1) !== isWordAt(at);
		case 'no-word':
			return isWordAt(at - 1) === isWordAt(at);
	}
}
