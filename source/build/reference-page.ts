import {
	commandEntry,
	commandNames,
	commonFlags,
	connectionFlags,
	explorer,
} from '../commands/command-table.ts';
import {environment} from '../commands/environment.ts';
import {exitCodes} from '../commands/help.ts';
import {dashed, flagEntry, type FlagName} from '../commands/flags/flags.ts';
import {keymap} from '../ui/keys/keymap.ts';

type Definition = {
	readonly properties?: Readonly<Record<string, {readonly $ref?: string; readonly type?: string}>>;
	readonly required?: readonly string[];
};

/** Commands, flags, keys, variables and reports on one page of Markdown, for `source/reference.md` (`npm run docs`). */
export function referencePage(schema: {readonly $defs: Readonly<Record<string, Definition>>}): string {
	return [
		'# Reference',
		'',
		'Made by `npm run docs` from the tables that knet itself reads; a test fails while it is older than they are.',
		'`knet COMMAND --help` and `man knet` print the same.',
		'',
		'## Commands',
		'',
		...commandRows(),
		'## Flags',
		'',
		...flagTable(allFlags().filter((name) => !isConnection(name))),
		"kubectl's own, with kubectl's meaning, wherever a cluster is read:",
		'',
		...flagTable(connectionFlags),
		'## Keys of the explorer',
		'',
		...keyRows(),
		'## Exit codes',
		'',
		...table(['code', 'means'], exitCodes.rows),
		'## Environment',
		'',
		...table(['variable', 'what for'], Object.entries(environment)),
		'## Reports',
		'',
		'`-o json` and `-o yaml` print one of these, with `apiVersion: knet/v1alpha1`; `dist/schema.json` of the package is their JSON Schema.',
		'A field with * is always there.',
		'',
		...['traceReport', 'scanReport', 'dnsReport', 'path', 'hop', 'finding'].flatMap((name) =>
			reportTable(name, schema.$defs[name]),
		),
	].join('\n');
}

function commandRows(): readonly string[] {
	const entries = [explorer, ...commandNames.map(commandEntry)];
	return table(
		['command', 'what it does', 'outputs'],
		entries.map(({usage, summary, outputs = []}) => [`\`knet ${usage}\``, summary, outputs.join(' ')]),
	);
}

function keyRows(): readonly string[] {
	return table(
		['keys', 'to', 'group'],
		keymap.map(({keys, help, group}) => [keys.map((key) => `\`${key}\``).join(' '), help, group]),
	);
}

function allFlags(): readonly FlagName[] {
	const names = [explorer, ...commandNames.map(commandEntry)].flatMap(({flags}) => flags);
	return [...new Set<FlagName>([...names, ...commonFlags])];
}

function isConnection(name: FlagName): boolean {
	return connectionFlags.some((each) => each === name);
}

function flagTable(names: readonly FlagName[]): readonly string[] {
	return table(
		['flag', 'what for', 'of'],
		names.map((name) => {
			const {short, value, help} = flagEntry(name);
			const of = commandNames.filter((command) => commandEntry(command).flags.includes(name));
			const left = `${short ? `-${short}, ` : ''}${dashed(name)}${value ? ` ${value}` : ''}`;
			return [`\`${left}\``, help, isConnection(name) || of.length === 0 ? 'all' : of.join(' ')];
		}),
	);
}

function reportTable(name: string, {properties = {}, required = []}: Definition = {}): readonly string[] {
	return [
		`### ${name}`,
		'',
		...table(
			['field', 'type'],
			Object.entries(properties).map(([field, {$ref, type}]) => [
				`\`${field}\`${required.includes(field) ? ' *' : ''}`,
				$ref?.split('/').at(-1) ?? type ?? 'one of the values of the schema',
			]),
		),
	];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
