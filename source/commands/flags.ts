import meow from 'meow';
import {UserError} from '../errors.ts';
import {nearest} from '../path/nearest.ts';

/** Every flag, as plain data: parsing, help and completion all read this table. kubectl's own keep kubectl's meaning. */
export const flagTable = {
	namespace: {type: 'string', short: 'n', value: 'NAMESPACE', help: 'namespace to look in'},
	allNamespaces: {type: 'boolean', short: 'A', help: 'every namespace that may be read'},
	filename: {
		type: 'string',
		short: 'f',
		multiple: true,
		value: 'FILE',
		help: 'read manifests or a dump (file, directory or -) instead of a cluster',
	},
	output: {type: 'string', short: 'o', value: 'FORMAT', help: 'text, wide, json, yaml, markdown or name'},
	from: {
		type: 'string',
		value: 'SOURCE',
		help: 'where the request starts: external[:IP], pod/NAME, deploy/NAME, node/NAME',
	},
	watch: {type: 'boolean', short: 'w', help: 'keep the trace live'},
	probe: {type: 'boolean', help: 'gather evidence first (sends requests; reads only otherwise)'},
	rules: {
		type: 'string',
		multiple: true,
		value: 'NODE=FILE',
		help: "a node's own rules (iptables-save, nft list) for comparison",
	},
	method: {type: 'string', value: 'METHOD', help: 'HTTP method of the request (GET)'},
	header: {
		type: 'string',
		multiple: true,
		value: "'NAME: VALUE'",
		help: 'header of the request; may be repeated',
	},
	query: {
		type: 'string',
		multiple: true,
		value: 'NAME=VALUE',
		help: 'query parameter of the request; may be repeated',
	},
	type: {type: 'string', value: 'TYPE', help: 'DNS record type for knet dns: A, AAAA, SRV, PTR, CNAME'},
	failOn: {type: 'string', value: 'SEVERITY', help: 'exit 1 at error, warning, unknown or never (error)'},
	color: {type: 'string', value: 'WHEN', help: 'auto, always or never'},
	ascii: {type: 'boolean', help: 'no characters beyond ASCII'},
	kubeconfig: {type: 'string', value: 'FILE', help: 'kubeconfig to use instead of $KUBECONFIG'},
	context: {type: 'string', value: 'NAME', help: 'kubeconfig context'},
	cluster: {type: 'string', value: 'NAME', help: 'kubeconfig cluster'},
	user: {type: 'string', value: 'NAME', help: 'kubeconfig user'},
	as: {type: 'string', value: 'USER', help: 'impersonate a user'},
	asGroup: {type: 'string', multiple: true, value: 'GROUP', help: 'impersonate a group; may be repeated'},
	asUid: {type: 'string', value: 'UID', help: 'impersonate a UID'},
	requestTimeout: {
		type: 'string',
		value: 'DURATION',
		help: 'how long to wait for one request, such as 5s or 2m (0: no limit)',
	},
	server: {type: 'string', short: 's', value: 'URL', help: 'address of the API server'},
	token: {type: 'string', value: 'TOKEN', help: 'bearer token'},
	tlsServerName: {type: 'string', value: 'NAME', help: "name to expect in the server's certificate"},
	insecureSkipTlsVerify: {type: 'boolean', help: 'do not verify the certificate of the API server'},
	certificateAuthority: {type: 'string', value: 'FILE', help: 'CA of the API server'},
	clientCertificate: {type: 'string', value: 'FILE', help: 'client certificate'},
	clientKey: {type: 'string', value: 'FILE', help: 'key of the client certificate'},
	help: {type: 'boolean', short: 'h', help: 'this help'},
	version: {type: 'boolean', help: 'version of knet'},
} as const satisfies Record<string, FlagEntry>;

export type FlagEntry = {
	readonly type: 'string' | 'boolean';
	readonly short?: string;
	readonly multiple?: true;
	/** How help writes the value. */
	readonly value?: string;
	readonly help: string;
};

export type FlagName = keyof typeof flagTable;

export type Flags = {
	readonly [K in FlagName]?: (typeof flagTable)[K] extends {multiple: true}
		? readonly string[]
		: (typeof flagTable)[K]['type'] extends 'boolean'
			? boolean
			: string;
};

/** The same flags for another context: what was said of the first one's cluster, user and namespace does not hold there. */
export function inContext(flags: Flags, context: string): Flags {
	return {...flags, context, cluster: undefined, user: undefined, namespace: undefined};
}

/** `allNamespaces` → `all-namespaces`. */
export function dashed(name: string): string {
	return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

/** Words and flags of a command line; flags may stand anywhere, as kubectl's may. Throws `UserError`. */
export function parseArguments(argv: readonly string[]): {
	readonly words: readonly string[];
	readonly flags: Flags;
} {
	verifyKnown(argv);
	const parsed = meow({
		importMeta: import.meta,
		argv: withStandardInput(argv),
		pkg: {name: 'knet'},
		autoHelp: false,
		autoVersion: false,
		help: false,
		description: false,
		inferType: false,
		flags: Object.fromEntries(
			Object.entries(flagTable).map(([name, entry]: [string, FlagEntry]) => [
				name,
				{
					type: entry.type,
					shortFlag: entry.short,
					isMultiple: entry.multiple,
				},
			]),
		),
	});
	const flags = Object.fromEntries(
		Object.entries(parsed.flags).filter(([, value]) => isGiven(value)),
	) as Flags;
	verifyValues(flags);
	return {words: parsed.input.map(String), flags};
}

/** A lone dash after -f is its value; the parser would take it for a word. */
function withStandardInput(argv: readonly string[]): readonly string[] {
	return argv.flatMap((word, index) => {
		const isFile = (at: number): boolean => argv[at] === '-f' || argv[at] === '--filename';
		return word === '-' && isFile(index - 1)
			? []
			: isFile(index) && argv[index + 1] === '-'
				? ['--filename=-']
				: [word];
	});
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

function verifyKnown(argv: readonly string[]): void {
	const end = argv.indexOf('--');
	const before = end === -1 ? argv : argv.slice(0, end);
	const names = Object.keys(flagTable).map((name) => `--${dashed(name)}`);
	for (const word of before) {
		const flag = /^--[^=]+/u.exec(word)?.[0];
		if (flag && !names.includes(flag) && !names.includes(flag.replace(/^--no-/u, '--'))) {
			const like = nearest(flag, names)[0];
			throw new UserError(
				`There is no flag ${flag}.`,
				like ? `Did you mean ${like}?` : 'knet --help lists the flags.',
			);
		}

		const letter = /^-([A-Za-z])/u.exec(word)?.[1];
		if (letter && !Object.values(flagTable).some((entry: FlagEntry) => entry.short === letter)) {
			throw new UserError(`There is no flag -${letter}.`, 'knet --help lists the flags.');
		}
	}
}

function verifyValues(flags: Flags): void {
	for (const [name, value] of Object.entries(flags)) {
		if (value === '' || (Array.isArray(value) && value.includes(''))) {
			const entry: FlagEntry = flagTable[name as FlagName];
			throw new UserError(
				`--${dashed(name)} needs a value.`,
				`Write --${dashed(name)} ${entry.value ?? 'VALUE'}.`,
			);
		}
	}

	verifyChoice(flags.output, 'output', outputs);
	verifyChoice(flags.failOn, 'fail-on', failOns);
	verifyChoice(flags.color, 'color', ['auto', 'always', 'never']);
}

export const outputs = ['text', 'wide', 'json', 'yaml', 'markdown', 'name'] as const;
const failOns = ['error', 'warning', 'unknown', 'never'] as const;

export type Output = (typeof outputs)[number];
export type FailOn = (typeof failOns)[number];

function verifyChoice(value: string | undefined, flag: string, choices: readonly string[]): void {
	if (value !== undefined && !choices.includes(value)) {
		const like = choices.find((choice) => choice.startsWith(value)) ?? nearest(value, choices)[0];
		throw new UserError(
			`--${flag} ${value} is not one of ${choices.join(', ')}.`,
			like && `Did you mean --${flag} ${like}?`,
		);
	}
}
