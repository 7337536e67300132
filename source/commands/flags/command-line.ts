import {UserError} from '../../errors.ts';
import {nearest} from '../../path/nearest.ts';
import {commandEntry, commonFlags, isCommand, type CommandName} from '../command-table.ts';
import {dashed, flagEntry, flagNames, type FlagName} from './flags.ts';

/** A flag as it was given; without a value where there was none to take. */
type Given = {readonly name: FlagName; readonly value?: string};

export type CommandLine = {
	/** What is no flag, in order. Flags may stand anywhere, as kubectl's may. */
	readonly words: readonly string[];
	readonly given: readonly Given[];
};

/**
Tells words from flags, in the spellings that kubectl takes: `--flag value`, `--flag=value`, `-n value`, `-nvalue`, `-Aw`.
Throws `UserError` for what is no flag. Loads nothing, so that help is there at once.
*/
export function readCommandLine(argv: readonly string[]): CommandLine {
	const words: string[] = [];
	const given: Given[] = [];
	const rest = [...argv];
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		if (word === '--') {
			words.push(...rest.splice(0));
		} else if (word.startsWith('--')) {
			given.push(longFlag(word, rest, commandOf([...words, ...rest])));
		} else if (word.startsWith('-') && word !== '-') {
			given.push(...shortFlags(word, rest));
		} else {
			words.push(word);
		}
	}

	return {words, given};
}

/** The command that a flag is meant for, before the line is read to its end. */
function commandOf(words: readonly string[]): CommandName | undefined {
	return words.filter((word) => !word.startsWith('-')).find(isCommand);
}

function longFlag(word: string, rest: string[], command: CommandName | undefined): Given {
	const at = word.indexOf('=');
	const text = at === -1 ? word : word.slice(0, at);
	if (text === '--no-color') {
		if (at !== -1) {
			throw new UserError(
				`--no-color takes no value, and ${word.slice(at + 1)} was given.`,
				'Write --no-color alone.',
			);
		}

		return {name: 'color', value: 'never'};
	}

	const name = flagNames.find((each) => dashed(each) === text) ?? unknownFlag(text, command);
	return {name, value: at === -1 ? valueOf(name, rest) : word.slice(at + 1)};
}

/** Short flags of curl and kubectl that knet does not have. */
const otherPrograms: Readonly<Record<string, string>> = {
	H: 'Did you mean --header?',
	X: 'Did you mean --method?',
	k: 'For a kustomization: kubectl kustomize DIRECTORY | knet scan -f -.',
};

function shortFlags(word: string, rest: string[]): readonly Given[] {
	const [, letter = '', ...others] = word;
	const name = flagNames.find((each) => flagEntry(each).short === letter);
	if (name === undefined) {
		const begun = flagNames.map(dashed).filter((flag) => flag.startsWith(`--${letter}`));
		const like = begun.length === 1 ? `Did you mean ${begun[0]}?` : 'knet --help lists the flags.';
		throw new UserError(`There is no flag -${letter}.`, otherPrograms[letter] ?? like);
	}

	const behind = others.join('');
	if (flagEntry(name).type === 'boolean') {
		return [{name}, ...(behind === '' ? [] : shortFlags(`-${behind}`, rest))];
	}

	return [{name, value: behind === '' ? valueOf(name, rest) : behind.replace(/^=/u, '')}];
}

/** The next word, but for a flag: whoever means one writes `--flag=-x`. A lone dash is standard input. */
function valueOf(name: FlagName, rest: string[]): string | undefined {
	const [next] = rest;
	const isValue = next !== undefined && (!next.startsWith('-') || next === '-');
	return flagEntry(name).type === 'string' && isValue ? rest.shift() : undefined;
}

function unknownFlag(text: string, command: CommandName | undefined): never {
	const names = command ? [...commandEntry(command).flags, ...commonFlags] : flagNames;
	const known = names.map((name) => dashed(name).slice(2));
	const like = abbreviated(text.slice(2), known) ?? nearest(text.slice(2), known)[0];
	throw new UserError(
		`There is no flag ${text}.`,
		like ? `Did you mean --${like}?` : `knet ${command ? `${command} ` : ''}--help lists the flags.`,
	);
}

/** The shortest name that a few letters stand for: its beginning, or some letters of one word in their order, as `ns` and `ctx`. */
function abbreviated(letters: string, names: readonly string[]): string | undefined {
	return letters.length < 2 || letters.length > 4
		? undefined
		: names.filter((name) => standsFor(letters, name)).toSorted((a, b) => a.length - b.length)[0];
}

function standsFor(letters: string, name: string): boolean {
	if (name.startsWith(letters)) {
		return true;
	}

	let at = 0;
	for (const letter of name) {
		at += letter === letters[at] ? 1 : 0;
	}

	return !name.includes('-') && name[0] === letters[0] && at === letters.length;
}
