import {UserError} from '../../errors.ts';
import {
	commandEntry,
	commandNames,
	commonFlags,
	connectionFlags,
	type CommandName,
} from '../command-table.ts';
import {dashed, type FlagName, type Flags} from './flags.ts';
import {verifyChoice} from './parse-flags.ts';

/** A flag or a word that would have no effect is refused: whoever gave it expects one. */
export function verifyFlags(command: CommandName | 'explore', flags: Flags): void {
	const name = nameOf(command);
	const {flags: own, outputs} = commandEntry(command);
	const idle = (Object.keys(flags) as FlagName[]).find((flag) => ![...commonFlags, ...own].includes(flag));
	if (idle) {
		const others = commandNames.filter((other) => commandEntry(other).flags.includes(idle));
		throw new UserError(
			`${name} does not take ${dashed(idle)}.`,
			`It is a flag of knet ${others.join(', ')}.`,
		);
	}

	verifyOutput(flags.output, outputs);
	if (flags.namespace?.includes(',')) {
		throw new UserError(
			`--namespace takes one namespace, not ${flags.namespace}.`,
			flags.allNamespaces === undefined && own.includes('allNamespaces')
				? 'Give one of them, or --all-namespaces.'
				: 'Give one of them.',
		);
	}

	verifyTogether(flags);
}

/** Flags that exclude each other. */
function verifyTogether(flags: Flags): void {
	if (flags.watch && flags.filename) {
		throw new UserError(
			'--watch follows a cluster, and a file does not change.',
			'Leave --watch out, or --filename.',
		);
	}

	const connection = connectionFlags.find((flag) => flags[flag] !== undefined);
	if (connection && flags.filename && flags.over !== 'live') {
		throw new UserError(
			`${dashed(connection)} is about a cluster, and --filename reads files.`,
			'Leave one of them out.',
		);
	}

	if (flags.allNamespaces && flags.namespace !== undefined) {
		throw new UserError(
			`--all-namespaces and --namespace ${flags.namespace} ask for different things.`,
			'Leave one of them out.',
		);
	}
}

function verifyOutput(output: string | undefined, outputs: readonly string[] | undefined): void {
	const isTemplate = output?.startsWith('jsonpath=') && outputs?.includes('jsonpath');
	if ((output === 'jsonpath' || output === 'jsonpath=') && outputs?.includes('jsonpath')) {
		throw new UserError(
			'--output jsonpath needs a template.',
			"For example: -o jsonpath='{.paths[*].verdict}'.",
		);
	}

	verifyChoice(isTemplate ? undefined : output, '--output', outputs);
}

/** A word that would have no effect is refused as well. Commands whose words are more than a count look at them themselves. */
export function verifyWords(command: CommandName | 'explore', words: readonly string[]): void {
	const {mostWords, usage} = commandEntry(command);
	const idle = mostWords === undefined ? undefined : words[mostWords];
	if (idle !== undefined) {
		throw new UserError(
			`${nameOf(command)} takes ${mostWords === 0 ? 'no words' : 'one word'}; ${idle} is one too many.`,
			`Write knet ${usage}.`,
		);
	}
}

function nameOf(command: CommandName | 'explore'): string {
	return command === 'explore' ? 'knet' : `knet ${command}`;
}
