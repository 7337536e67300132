import meow from 'meow';
import {UserError} from '../../errors.ts';
import {nearest} from '../../path/nearest.ts';
import type {CommandLine} from './command-line.ts';
import {dashed, flagEntry, flagNames, type FlagEntry, type Flags} from './flags.ts';

/** The flags of a command line by name. Throws `UserError` for one without a value, given twice, or with a value that it does not take. */
export function parseFlags({given}: CommandLine): Flags {
	verifyGiven(given);
	const {flags} = meow({
		importMeta: import.meta,
		argv: given.flatMap(({name, value}) =>
			value === 'false' && isSwitch(name) ? [] : [written(name, value)],
		),
		pkg: {name: 'knet'},
		autoHelp: false,
		autoVersion: false,
		help: false,
		description: false,
		inferType: false,
		flags: Object.fromEntries(
			flagNames.map((name) => [name, {type: flagEntry(name).type, isMultiple: flagEntry(name).multiple}]),
		),
	});
	return Object.fromEntries(Object.entries(flags).filter(([, value]) => isGiven(value)));
}

function written(name: (typeof flagNames)[number], value: string | undefined): string {
	return isSwitch(name) ? dashed(name) : `${dashed(name)}=${value}`;
}

function isSwitch(name: (typeof flagNames)[number]): boolean {
	return flagEntry(name).type === 'boolean';
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

function verifyGiven(given: CommandLine['given']): void {
	for (const [position, {name, value}] of given.entries()) {
		const entry = flagEntry(name);
		const flag = dashed(name);
		if (entry.type === 'string' && !value) {
			throw new UserError(`${flag} needs a value.`, `Write ${flag} ${entry.value ?? 'VALUE'}.`);
		}

		if (entry.type === 'boolean' && value !== undefined && value !== 'true' && value !== 'false') {
			throw new UserError(`${flag} takes no value, and ${value} was given.`, `Write ${flag} alone.`);
		}

		const former = given.slice(0, position).find((each) => each.name === name);
		if (former && !entry.multiple) {
			throw new UserError(...givenTwice(flag, entry, [former.value, value]));
		}

		verifyChoice(value, flag, entry.choices);
	}
}

function givenTwice(
	flag: string,
	{type}: FlagEntry,
	[first, second]: readonly (string | undefined)[],
): [message: string, next: string] {
	return type === 'boolean' || first === second
		? [`${flag} is given twice.`, 'Give it once.']
		: [`${flag} is given twice: ${first} and ${second}.`, 'Give it once.'];
}

/** Throws `UserError` for a value that is none of the choices, with the nearest. */
export function verifyChoice(
	value: string | undefined,
	flag: string,
	choices: readonly string[] | undefined,
): void {
	if (value !== undefined && choices?.includes(value) === false) {
		const like = choices.find((choice) => choice.startsWith(value)) ?? nearest(value, choices)[0];
		throw new UserError(
			`${flag} ${value} is not one of ${choices.join(', ')}.`,
			like && `Did you mean ${flag} ${like}?`,
		);
	}
}
