import {recordTypes} from './dns-record-types.ts';

/** Every flag, as plain data: parsing, help, the man page and completion all read this table. kubectl's own keep kubectl's meaning. */
const flagTable = {
	namespace: {type: 'string', short: 'n', value: 'NAMESPACE', help: 'namespace to look in'},
	allNamespaces: {type: 'boolean', short: 'A', help: 'every namespace that may be read'},
	filename: {
		type: 'string',
		short: 'f',
		multiple: true,
		value: 'FILE',
		help: 'read manifests or a dump (file, directory, archive or -) instead of a cluster',
	},
	output: {type: 'string', short: 'o', value: 'FORMAT', help: 'how to print it'},
	from: {
		type: 'string',
		value: 'SOURCE',
		help: 'where the request starts: external[:IP], pod/NAME, deploy/NAME, node/NAME',
	},
	watch: {type: 'boolean', short: 'w', help: 'print it again whenever it changes'},
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
	type: {
		type: 'string',
		value: 'TYPE',
		help: `DNS record type, or several with commas: ${recordTypes.join(', ')}`,
	},
	over: {
		type: 'string',
		value: 'live|FILE',
		help: 'lay the manifests of -f over the cluster, or over a dump or recording: what would change?',
	},
	scale: {type: 'string', multiple: true, value: 'KIND/NAME=N', help: 'what if: a workload has N replicas'},
	drain: {type: 'string', multiple: true, value: 'NODE', help: 'what if: a node is drained'},
	without: {
		type: 'string',
		multiple: true,
		value: 'KIND/NAME',
		help: 'what if: an object is deleted, such as netpol/NAME',
	},
	controllers: {type: 'boolean', help: 'what is known of each controller, with the sources'},
	matrix: {type: 'boolean', help: 'from outside, each node and pods: a row each, hop by hop'},
	force: {type: 'boolean', help: 'overwrite the file'},
	failOn: {
		type: 'string',
		value: 'SEVERITY',
		choices: ['error', 'warning', 'unknown', 'never'],
		help: 'exit 1 at error, warning, unknown or never (error)',
	},
	ignore: {
		type: 'string',
		multiple: true,
		value: 'CODE[:OBJECT]',
		help: 'a finding that you accept, of any object or of Kind/namespace/name: shown, but not counted by the exit code; may be repeated',
	},
	manifests: {
		type: 'boolean',
		help: 'the files are manifests: what only a cluster can tell is shown, but not counted by the exit code',
	},
	selector: {
		type: 'string',
		short: 'l',
		value: 'SELECTOR',
		help: 'entries whose object has these labels: app=web,tier!=cache',
	},
	allowProbes: {
		type: 'boolean',
		help: 'let the agent gather evidence, too (sends requests; reads only otherwise)',
	},
	color: {type: 'string', value: 'WHEN', choices: ['auto', 'always', 'never'], help: 'auto, always or never'},
	screenReader: {type: 'boolean', help: 'plain lines for a screen reader instead of a screen'},
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
	help: {type: 'boolean', short: 'h', help: 'help of the command'},
	version: {type: 'boolean', help: 'version of knet'},
} as const satisfies Record<string, FlagEntry>;

export type FlagEntry = {
	readonly type: 'string' | 'boolean';
	readonly short?: string;
	readonly multiple?: true;
	/** How help writes the value. */
	readonly value?: string;
	/** All values that it takes. `output` has those of its command. */
	readonly choices?: readonly string[];
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

export type Output =
	| 'text'
	| 'wide'
	| 'json'
	| 'yaml'
	| 'markdown'
	| 'name'
	| 'junit'
	| 'sarif'
	| 'github'
	| 'jsonpath';
export type FailOn = (typeof flagTable.failOn.choices)[number];

export const flagNames = Object.keys(flagTable) as readonly FlagName[];

export function flagEntry(name: FlagName): FlagEntry {
	return flagTable[name];
}

/** The same flags for another context: what was said of the first one's cluster, user and namespace does not hold there. */
export function inContext(flags: Flags, context: string): Flags {
	return {...flags, context, cluster: undefined, user: undefined, namespace: undefined};
}

/** `allNamespaces` → `--all-namespaces`. */
export function dashed(name: FlagName): string {
	return `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function failOnOf({failOn = 'error'}: Flags): FailOn {
	// Choices are verified where flags are parsed.
	return failOn as FailOn;
}
