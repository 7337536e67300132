import {
	commandEntry,
	commandNames,
	commonFlags,
	connectionFlags,
	explorer,
	type CommandEntry,
	type CommandName,
} from './command-table.ts';
import {environment} from './environment.ts';
import {dashed, flagEntry, type FlagName} from './flags/flags.ts';

/** A heading and its rows: help prints them, the man page sets them. */
export type HelpSection = {
	readonly title: string;
	readonly rows: readonly (readonly [left: string, right: string])[];
	/** Lines below the rows. */
	readonly lines?: readonly string[];
};

/** What `--help` prints. `program` is `knet`, or `kubectl knet` when it runs as kubectl's plugin. */
export function helpText(program: string): string {
	return printed(
		'A request for this name should reach a container; where does it stop?',
		[],
		overview(program),
	);
}

/** What `knet COMMAND --help` prints: its own flags and examples. */
export function commandHelp(name: CommandName | 'explore', program: string): string {
	const entry = commandEntry(name);
	return printed(`${program} ${entry.usage}: ${entry.summary}`, entry.about ?? [], sectionsOf(name, program));
}

function overview(program: string): readonly HelpSection[] {
	const rows = commandNames
		.map((name) => commandEntry(name))
		.map(({usage, summary}) => [usage, summary] as const);
	return [
		{
			title: 'Usage',
			rows: [[explorer.usage, explorer.summary] as const, ...rows].map(
				([usage, summary]) => [`${program} ${usage}`, summary] as const,
			),
			lines: [`${program} COMMAND --help has the flags and examples of a command.`],
		},
		targetSection,
		...flagSections('explore'),
		exitCodes,
		{title: 'Environment', rows: Object.entries(environment)},
		examplesOf(program, [
			['demo', 'see it work, without a cluster'],
			['trace https://app.example.com/api', 'where does this request stop?'],
			['trace svc/web:80 --from pod/shop/api-0', 'from inside'],
			['trace svc/web --matrix', 'from outside, each node and pods'],
			['scan -A -o json', 'everything, for a machine'],
			['scan --over live -f change.yaml', 'what if: which paths would this manifest change?'],
			['scan --scale deploy/api=0', 'what if: also --drain NODE, --without KIND/NAME'],
		]),
	];
}

/** The sections of one command. */
export function sectionsOf(name: CommandName | 'explore', program: string): readonly HelpSection[] {
	const {usage, judges, examples} = commandEntry(name);
	return [
		...(usage.includes('TARGET') ? [targetSection] : []),
		...flagSections(name),
		...(judges ? [exitCodes] : []),
		examplesOf(program, examples),
	];
}

function examplesOf(program: string, examples: CommandEntry['examples']): HelpSection {
	return {
		title: 'Examples',
		rows: examples.map(([line, what]) => [`${program} ${line}`.trimEnd(), what] as const),
	};
}

const targetSection: HelpSection = {
	title: 'TARGET',
	rows: [],
	lines: [
		'https://host/path · host[/path] · svc/NAME[:PORT] · deploy/NAME · ing/NAME · httproute/NAME · gateway/NAME · pod/NAME:PORT · node/NAME:PORT · IP:PORT',
		'Routers of their own: httpproxy/NAME · ingressroute/NAME · ingressroutetcp/NAME',
		'NAME may be NAMESPACE/NAME; PORT a number or a name. A URL is looked for in every namespace, unless -n is given.',
	],
};

export const exitCodes: HelpSection = {
	title: 'Exit codes',
	rows: [
		['0', 'every path that was asked for works'],
		[
			'1',
			'a finding is at or above --fail-on: error (the default), warning, or unknown (then nothing may be unknown)',
		],
		['2', 'knet could not tell: something is unknown, nothing was found, or the input is wrong'],
	],
	lines: [
		'With --fail-on never it is 0 for all but wrong input. A scan that cannot read one of its files ends with 2 instead of 0.',
	],
};

function flagSections(name: CommandName | 'explore'): readonly HelpSection[] {
	const {flags} = commandEntry(name);
	const isConnection = (flag: FlagName): boolean => connectionFlags.some((each) => each === flag);
	return [
		{
			title: 'Flags',
			rows: [...flags.filter((flag) => !isConnection(flag)), ...commonFlags].map((flag) =>
				flagRow(flag, name),
			),
		},
		{
			title: "kubectl's own",
			rows: flags.filter(isConnection).map((flag) => flagRow(flag, name)),
		},
	].filter(({rows}) => rows.length > 0);
}

function flagRow(flag: FlagName, command: CommandName | 'explore'): readonly [string, string] {
	const {short, value, help} = flagEntry(flag);
	const {outputs = []} = commandEntry(command);
	const left = `${short ? `-${short}, ` : ''}${dashed(flag)}${value ? ` ${value}` : ''}`;
	return [left, flag === 'output' ? `${help}: ${outputs.join(', ')}` : help];
}

function printed(title: string, about: readonly string[], sections: readonly HelpSection[]): string {
	return [
		title,
		...(about.length > 0 ? ['', ...about] : []),
		...sections.flatMap((section) => ['', section.title, ...rowsOf(section)]),
		'',
	].join('\n');
}

function rowsOf({rows, lines = []}: HelpSection): readonly string[] {
	const width = Math.min(52, Math.max(...rows.map(([left]) => left.length)));
	return [
		...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
		...lines.map((line) => `  ${line}`),
	];
}
