import {readCommandLine, type CommandLine} from '../flags/command-line.ts';
import {commandEntry, commonFlags, isCommand} from '../command-table.ts';
import {dashed, flagEntry, flagNames, type FlagName, type Flags} from '../flags/flags.ts';
import type {Candidates, Patience, Situation} from './situation.ts';
import {valuesOf, wordsOf} from './values.ts';

/** What the last word may become. `words`: the command line, without the program; the last one may be empty. */
export async function complete(
	words: readonly string[],
	env: NodeJS.ProcessEnv,
	patience?: Patience,
): Promise<Candidates> {
	const before = words.slice(0, -1);
	const prefix = words.at(-1) ?? '';
	const open = openFlag(before);
	const line = situationOf(open === undefined ? before : before.slice(0, -1), prefix);
	const situation = {...line, env, patience};
	if (open !== undefined) {
		return valuesOf(open, situation);
	}

	const equals = /^(?<flag>--[a-z-]+)=(?<value>.*)$/su.exec(prefix)?.groups;
	const flag = equals && flagNames.find((name) => dashed(name) === equals['flag']);
	if (flag !== undefined) {
		const values = await valuesOf(flag, {...situation, prefix: equals?.['value'] ?? ''});
		const candidates = values.candidates.map(({value, about}) => ({
			value: `${dashed(flag)}=${value}`,
			about,
		}));
		return {...values, candidates};
	}

	return prefix.startsWith('-') ? flagsOf(situation, before) : wordsOf(situation);
}

/** The flag that the word before the cursor leaves without its value. */
function openFlag(before: readonly string[]): FlagName | undefined {
	try {
		const {given} = readCommandLine(before);
		const last = given.at(-1);
		const endsOpen =
			before.at(-1)?.startsWith('-') === true && last !== undefined && last.value === undefined;
		return endsOpen && flagEntry(last.name).type === 'string' ? last.name : undefined;
	} catch {
		return undefined;
	}
}

function situationOf(before: readonly string[], prefix: string): Omit<Situation, 'env' | 'patience'> {
	const {words, given} = lineOf(before);
	const [first, ...rest] = words;
	const command = isCommand(first) ? first : 'explore';
	return {command, words: isCommand(first) ? rest : words, flags: flagsOfLine(given), prefix};
}

/** A line that knet would refuse is completed as far as it can be read. */
function lineOf(before: readonly string[]): CommandLine {
	try {
		return readCommandLine(before);
	} catch {
		return {words: before.filter((word) => !word.startsWith('-')), given: []};
	}
}

/** Without the parser of flags: it would take half of the time there is. */
function flagsOfLine(given: CommandLine['given']): Flags {
	const flags: Record<string, unknown> = {};
	for (const {name, value} of given) {
		const {type, multiple} = flagEntry(name);
		const before = flags[name] as readonly string[] | undefined;
		flags[name] = type === 'boolean' ? true : multiple ? [...(before ?? []), value ?? ''] : value;
	}

	return flags;
}

function flagsOf({command}: Situation, before: readonly string[]): Candidates {
	const {given} = lineOf(before);
	const names = [...commandEntry(command).flags, ...commonFlags].filter(
		(name) => flagEntry(name).multiple || !given.some((each) => each.name === name),
	);
	return {candidates: names.map((name) => ({value: dashed(name), about: flagEntry(name).help}))};
}
