import type {FlagName, Output} from './flags/flags.ts';

export type CommandEntry = {
	/** Behind the program's name. */
	readonly usage: string;
	/** One line. */
	readonly summary: string;
	/** What help says besides: a paragraph each. */
	readonly about?: readonly string[];
	/** Flags that have an effect, beside those of every command. */
	readonly flags: readonly FlagName[];
	/** What `--output` takes, the usual one first. */
	readonly outputs?: readonly Output[];
	/** How many words it takes at most, where it does not look at them itself. */
	readonly mostWords?: number;
	/** Behind the program's name, and what for. */
	readonly examples: readonly (readonly [line: string, what: string])[];
	/** Whether its exit code is that of a verdict. */
	readonly judges?: true;
};

/** Every command takes these. */
export const commonFlags = ['color', 'ascii', 'help', 'version'] as const satisfies readonly FlagName[];

/** kubectl's own: how to reach the cluster. */
export const connectionFlags = [
	'kubeconfig',
	'context',
	'cluster',
	'user',
	'as',
	'asGroup',
	'asUid',
	'requestTimeout',
	'server',
	'token',
	'tlsServerName',
	'insecureSkipTlsVerify',
	'certificateAuthority',
	'clientCertificate',
	'clientKey',
] as const satisfies readonly FlagName[];

const lookFlags = ['namespace', 'allNamespaces', 'filename', 'from', 'output', 'failOn', 'ignore'] as const;
const whatIfFlags = ['over', 'scale', 'drain', 'without'] as const;
const requestFlags = ['method', 'header', 'query', 'probe', 'rules', 'watch'] as const;
const reports = [
	'text',
	'wide',
	'json',
	'yaml',
	'markdown',
	'name',
	'junit',
	'sarif',
	'github',
	'jsonpath',
] as const;
const pages = ['text', 'json', 'yaml'] as const;

/** `knet` without a command. */
export const explorer: CommandEntry = {
	usage: '[TARGET]',
	summary: 'the explorer; with a TARGET it opens on that path',
	about: [
		'Without a terminal it prints what knet scan, or knet trace for a TARGET, would print.',
		'In the explorer, ? lists the keys.',
	],
	flags: [...lookFlags, ...requestFlags, 'screenReader', ...connectionFlags],
	outputs: reports,
	judges: true,
	examples: [
		['', 'the entries of the namespace, worst first'],
		['-A', 'of every namespace'],
		['https://app.example.com/api', 'opens on that path'],
		['svc/web -f dump.json', 'the same on a dump, without a cluster'],
	],
};

/** Every command, as plain data: the run, its checks, help, the man page and completion read this table. */
export const commandTable = {
	trace: {
		usage: 'trace TARGET',
		summary: 'one path set, hop by hop, once; -w keeps it live; --probe gathers evidence first',
		about: [
			'Names the first broken hop, what the client sees, the root cause and what fixes it.',
			'It reads objects only. --probe says first what it sends, then asks DNS, ports, TLS, HTTP and the rules of nodes.',
		],
		flags: [...lookFlags, 'manifests', ...requestFlags, 'matrix', ...whatIfFlags, ...connectionFlags],
		outputs: reports,
		judges: true,
		examples: [
			['trace https://app.example.com/api', 'where does this request stop?'],
			['trace svc/web:80 --from pod/shop/api-0', 'from inside'],
			['trace http://web.shop/ --from deploy/api', 'a name of the cluster, as the pods of api see it'],
			[
				"trace https://shop.example.com/v2 --method POST --header 'x-user: 7'",
				'a request by its method and headers',
			],
			['trace svc/web --matrix', 'does it work from node-a, and not from node-b?'],
			['trace svc/web --probe', 'ask the cluster itself'],
			['trace svc/web -w', 'keep it live until ctrl-c'],
			['trace svc/web --over live -f change.yaml', 'what would this manifest change?'],
			['trace svc/web -f dump.json -o json', 'from a dump, as JSON'],
		],
	},
	scan: {
		usage: 'scan',
		summary: 'every entry of the namespace (-A: of all), worst first',
		about: ['An entry is an Ingress host and path, a route, or a way in to a Service.'],
		// It says itself why it does not probe.
		flags: [...lookFlags, 'manifests', 'selector', 'watch', 'probe', ...whatIfFlags, ...connectionFlags],
		outputs: reports,
		judges: true,
		examples: [
			['scan', 'the namespace of the context'],
			['scan -A', 'every namespace'],
			['scan -A -o json', 'for a machine'],
			['scan -A -w -o json', 'a line of JSON whenever it changes'],
			['scan -f manifests/ -o github', 'annotations of a pull request, without a cluster'],
			['scan -f manifests/ --manifests', 'exit 0 where they have no fault'],
			['scan -A -o junit --ignore KNET520', 'a test report, without one finding'],
			[
				'scan -A --over live -f change.yaml',
				'which paths would change, before anybody applies it; exit 1: one gets worse',
			],
			['scan -A --drain node-b', 'what has no endpoint left then?'],
			['scan --without netpol/deny-all -f dump.json', 'the same over a dump'],
			['scan -f must-gather/ --fail-on warning', 'a support bundle, and exit 1 also at warnings'],
		],
	},
	dns: {
		usage: 'dns NAME',
		summary: "what the cluster's DNS should answer; --probe asks each DNS pod",
		about: [
			'Follows the search list and ndots of the asking pod, the Corefile, and the policies on the way to the DNS pods.',
		],
		flags: [...lookFlags.filter((name) => name !== 'allNamespaces'), 'probe', 'type', ...connectionFlags],
		outputs: reports,
		judges: true,
		examples: [
			['dns web.shop', 'as a pod of the namespace asks'],
			['dns web.shop --from pod/shop/api-0', 'as this pod asks'],
			['dns _http._tcp.web.shop --type SRV', 'another record type'],
			['dns web.shop --probe', 'ask each replica'],
		],
	},
	compare: {
		usage: 'compare URL',
		summary: 'what each frontend of a URL answers, side by side: such as an Ingress and a Gateway',
		about: [
			'For a migration: every frontend that names the host is asked, also one without a rule for the path.',
			'Exit code 0 where they agree, 1 where they differ, 2 where an answer is not known or there is one frontend only.',
		],
		flags: ['namespace', 'filename', 'from', 'output', 'method', 'header', 'query', ...connectionFlags],
		outputs: pages,
		mostWords: 1,
		examples: [
			['compare https://app.example.com/api', 'does the new Gateway answer as the old Ingress does?'],
			['compare http://app.example.com/ -f dump.json -o json', 'from a dump, as JSON'],
		],
	},
	explain: {
		usage: 'explain [CODE]',
		summary: 'a finding, offline: what, why, how to see it, how to fix it',
		about: ['CODE is KNET503, 503 or the slug. Without a CODE it lists all of them.'],
		flags: ['output', 'controllers'],
		outputs: pages,
		mostWords: 1,
		examples: [
			['explain KNET503', 'what no-ready-endpoints means'],
			['explain', 'every code'],
			['explain --controllers', 'what each controller answers, and what is not known of it'],
		],
	},
	demo: {
		usage: 'demo [SCENARIO]',
		summary: 'an embedded cluster that breaks and heals; no kubeconfig, no network',
		about: [
			'With a SCENARIO only that breaks. In a pipe it prints the scan and one broken path.',
			'Scenarios: selector-mismatch, not-ready, wrong-target-port, inert-ingress, dns-down, load-balancer-pending,',
			'rollout, crash-loop, scaled-to-zero, controller-down, missing-service, missing-port.',
		],
		flags: ['output', 'probe', 'screenReader'],
		outputs: reports,
		examples: [
			['demo', 'see it work'],
			['demo dns-down', 'one fault'],
		],
	},
	record: {
		usage: 'record FILE',
		summary: 'what happens in a cluster, recorded into a file',
		about: ['Writes every change of the cluster until ctrl-c. No Secret data, no tokens.'],
		flags: ['namespace', 'force', ...connectionFlags],
		examples: [['record incident.knetrec', 'until ctrl-c']],
	},
	snapshot: {
		usage: 'snapshot FILE',
		summary: 'a dump of every kind that knet reads, without secrets, for -f',
		flags: connectionFlags,
		examples: [
			['snapshot cluster.json', 'write it'],
			['scan -f cluster.json', 'and read it'],
		],
	},
	replay: {
		usage: 'replay FILE',
		summary: 'a recorded session, played back',
		about: ['Opens the explorer at the time of the recording; without a terminal it scans the last moment.'],
		flags: ['namespace', 'output', 'failOn', 'ignore', 'screenReader'],
		outputs: reports,
		judges: true,
		examples: [['replay incident.knetrec', 'play it back']],
	},
	rbac: {
		usage: 'rbac',
		summary: 'the least ClusterRole that knet needs',
		flags: [],
		mostWords: 0,
		examples: [['rbac | kubectl apply -f -', 'make the roles; bind them as its comment says']],
	},
	info: {
		usage: 'info [schema | notices]',
		summary: 'where knet keeps configuration, state and log',
		about: ['schema prints the JSON Schema of config.yaml, notices the licences of the packages in knet.'],
		flags: ['output'],
		outputs: pages,
		mostWords: 1,
		examples: [
			['info', 'which files there are'],
			['info schema', 'what config.yaml may hold'],
			['info notices', 'whose code knet holds, and under which licences'],
		],
	},
	mcp: {
		usage: 'mcp',
		summary: 'a server of the Model Context Protocol on stdin and stdout, for agents; reads only',
		about: [
			'Tools: trace, scan, dns, explain, changes. Answers are briefs of less than 400 tokens, or the whole report on request.',
			'It looks where it was started: no tool changes the context. Only with --allow-probes may a tool send requests.',
		],
		flags: ['namespace', 'filename', 'allowProbes', ...connectionFlags],
		mostWords: 0,
		examples: [
			['mcp', 'the command that a client of the protocol is configured with'],
			['mcp --context staging --allow-probes', 'of another cluster, with evidence'],
		],
	},
	plugin: {
		usage: 'plugin k9s',
		summary: 'a plugin file of k9s: shift-k traces the selected object',
		flags: [],
		mostWords: 1,
		examples: [['plugin k9s', 'knet plugin k9s > ~/.config/k9s/plugins/knet.yaml']],
	},
	completion: {
		usage: 'completion SHELL',
		summary: 'completion script for bash, zsh, fish, powershell, or of kubectl for its plugin',
		flags: [],
		mostWords: 1,
		examples: [
			['completion bash', 'source <(knet completion bash), in ~/.bashrc'],
			['completion zsh', 'source <(knet completion zsh), in ~/.zshrc'],
			['completion fish', 'knet completion fish > ~/.config/fish/completions/knet.fish'],
			['completion powershell', 'knet completion powershell | Out-String | Invoke-Expression, in $PROFILE'],
			['completion kubectl', 'a file kubectl_complete-knet on the PATH, for kubectl knet'],
		],
	},
	version: {
		usage: 'version',
		summary: 'version of knet',
		flags: ['output'],
		outputs: pages,
		mostWords: 0,
		examples: [['version -o json', 'for a machine']],
	},
	help: {
		usage: 'help [COMMAND]',
		summary: 'help of knet, or of a command',
		flags: [],
		mostWords: 1,
		examples: [['help trace', 'flags and examples of one command']],
	},
} as const satisfies Record<string, CommandEntry>;

export type CommandName = keyof typeof commandTable;

export const commandNames = Object.keys(commandTable) as readonly CommandName[];

export function isCommand(word: string | undefined): word is CommandName {
	return word !== undefined && Object.hasOwn(commandTable, word);
}

export function commandEntry(name: CommandName | 'explore'): CommandEntry {
	return name === 'explore' ? explorer : commandTable[name];
}
