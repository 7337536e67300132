import {isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair} from 'yaml';
import {UserError} from '../errors.ts';
import {editDistance} from '../model/matching/edit-distance.ts';
import {safe} from '../model/safe-text/safe.ts';
import {parseIgnoreRule, parseObject, type IgnoreRule} from '../model/ignore-rule.ts';
import {themes, type Config} from './config.ts';

/** A value that is not what it should be, and where it stands. */
type Fail = (node: Node | null, expected: string) => never;

type Read<T> = (node: Node | null, fail: Fail) => T;

type Fault = {readonly line: number; readonly text: string};

/** Faults of the values that were read together: one fault does not hide the next. */
class Faults extends Error {
	readonly all: readonly Fault[];

	constructor(all: readonly Fault[]) {
		super();
		this.all = all;
	}
}

/** `commands`: those that have keys; `codes`: those of findings. */
type Names = {readonly commands: readonly string[]; readonly codes: readonly string[]};

/** Reads the configuration of a person. Throws `UserError` with the lines of its faults. */
export function parseConfig(content: string, file: string, names?: Names): Config {
	if (content.includes('\0')) {
		throw refused(file, [{line: 1, text: 'expected text in UTF-8'}]);
	}

	const lines = new LineCounter();
	const document = parseDocument(content, {lineCounter: lines, prettyErrors: true});
	if (document.errors.length > 0) {
		throw refused(
			file,
			document.errors.map(({code, linePos}) => ({
				line: linePos?.[0].line ?? 1,
				text: `not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`,
			})),
		);
	}

	const fail: Fail = (node, expected) => {
		const line = node?.range ? lines.linePos(node.range[0]).line : 1;
		throw new Faults([{line, text: `${expected}, not ${seen(node)}`}]);
	};
	const {contents} = document;
	try {
		return contents === null || (isScalar(contents) && contents.value === null)
			? {}
			: fields<Config>(contents, fail, {
					...readers,
					ignore: listOf(ignoreRuleOf(names?.codes)),
					keys: keysOf(names?.commands),
				});
	} catch (error) {
		throw error instanceof Faults ? refused(file, error.all) : error;
	}
}

const next = 'knet info schema prints what the file may hold.';

/** More are counted. */
const mostFaults = 10;

function refused(file: string, faults: readonly Fault[]): UserError {
	const sentences = faults
		.toSorted((a, b) => a.line - b.line)
		.map(({line, text}) => `line ${line}: ${text}.`);
	if (faults.length === 1) {
		return new UserError(`${file} ${sentences[0]}`, next);
	}

	const shown = sentences.slice(0, mostFaults).map((sentence) => `\n  ${sentence}`);
	const more = faults.length > mostFaults ? `\n  and ${faults.length - mostFaults} more.` : '';
	return new UserError(`${file} has ${faults.length} faults:${shown.join('')}${more}`, next);
}

/** Reads all items, and throws their faults together. */
function readAll<T, R>(items: readonly T[], read: (item: T) => R): readonly R[] {
	const faults: Fault[] = [];
	const values = items.flatMap((item) => {
		try {
			return [read(item)];
		} catch (error) {
			if (!(error instanceof Faults)) {
				throw error;
			}

			faults.push(...error.all);
			return [];
		}
	});
	if (faults.length > 0) {
		throw new Faults(faults);
	}

	return values;
}

const text: Read<string> = (node, fail) =>
	isScalar(node) && typeof node.value === 'string' && node.value !== ''
		? safe(node.value)
		: fail(node, 'expected text');

const readers = {
	theme: choice('theme', themes),
	namespace: text,
	from: text,
	favourites: listOf(text),
};

function ignoreRuleOf(codes: readonly string[] | undefined): Read<IgnoreRule> {
	const written: Read<IgnoreRule> = (node, fail) => {
		const rule =
			parseIgnoreRule(text(node, fail)) ??
			fail(node, 'expected a code such as KNET503, or KNET503:Kind/namespace/name');
		return codes?.includes(rule.code) === false
			? fail(node, `expected the code of a finding (the nearest: ${nearestThree(rule.code, codes)})`)
			: rule;
	};
	const object: Read<IgnoreRule['object']> = (node, fail) =>
		parseObject(text(node, fail)) ?? fail(node, 'expected Kind/namespace/name');
	const code: Read<string> = (node, fail) => written(node, fail).code;
	return (node, fail) => {
		if (!isMap(node)) {
			return written(node, fail);
		}

		const rule = fields<Partial<IgnoreRule>>(node, fail, {code, object, reason: text});
		return {...rule, code: rule.code ?? fail(node, 'expected a code')};
	};
}

function keysOf(commands: readonly string[] | undefined): Read<Config['keys']> {
	const keys: Read<readonly string[]> = (node, fail) =>
		isSeq(node) ? listOf(text)(node, fail) : [text(node, fail)];
	return (node, fail) => {
		const pairs = isMap(node) ? node.items : fail(node, 'expected COMMAND: KEY');
		return Object.fromEntries(
			readAll(pairs, (pair) => {
				const name = nameOf(pair, fail);
				return commands?.includes(name) === false
					? fail(
							pair.key as Node,
							`expected a command of the explorer (the nearest: ${nearestThree(name, commands)})`,
						)
					: [name, keys(valueOf(pair), fail)];
			}),
		);
	};
}

function nearestThree(wanted: string, names: readonly string[]): string {
	const distances = new Map(names.map((name) => [name, editDistance(wanted, name)]));
	return names
		.toSorted((a, b) => distances.get(a)! - distances.get(b)!)
		.slice(0, 3)
		.join(', ');
}

function listOf<T>(read: Read<T>): Read<readonly T[]> {
	return (node, fail) =>
		isSeq(node)
			? readAll(node.items, (item) => read(item as Node | null, fail))
			: fail(node, 'expected a list');
}

function choice<const T extends string>(name: string, choices: readonly T[]): Read<T> {
	return (node, fail) =>
		choices.find((each) => isScalar(node) && node.value === each) ??
		fail(node, `expected ${name} to be one of ${choices.join(', ')}`);
}

function fields<T extends object>(
	node: Node | null,
	fail: Fail,
	known: {readonly [K in keyof T]-?: Read<T[K]>},
): T {
	const pairs = isMap(node) ? node.items : fail(node, `expected fields (${Object.keys(known).join(', ')})`);
	return Object.fromEntries(
		readAll(pairs, (pair) => {
			const name = nameOf(pair, fail);
			return Object.hasOwn(known, name)
				? [name, known[name as keyof T](valueOf(pair) ?? (pair.key as Node), fail)]
				: fail(pair.key as Node, `expected one of ${Object.keys(known).join(', ')}`);
		}),
	) as T;
}

function nameOf({key}: Pair, fail: Fail): string {
	return text(key as Node | null, fail);
}

function valueOf({value}: Pair): Node | null {
	return (value ?? null) as Node | null;
}

function seen(node: Node | null): string {
	if (isMap(node)) {
		return 'fields';
	}

	return isSeq(node) ? 'a list' : isScalar(node) ? safe(String(node.value)).slice(0, 60) : 'nothing';
}
