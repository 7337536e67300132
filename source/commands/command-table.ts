/** Every command, as plain data: help, completion and "did you mean" read this table. */
export const commandTable = {
	trace: {
		usage: 'trace TARGET',
		summary: 'one path set, hop by hop, once; -w keeps it live; --probe gathers evidence first',
	},
	scan: {usage: 'scan', summary: 'every entry of the namespace (-A: of all), worst first'},
	dns: {usage: 'dns NAME', summary: "what the cluster's DNS should answer; --probe asks each DNS pod"},
	explain: {usage: 'explain CODE', summary: 'a finding, offline: what, why, how to see it, how to mend it'},
	demo: {
		usage: 'demo [SCENARIO]',
		summary: 'an embedded cluster that breaks and heals; no kubeconfig, no network',
	},
	record: {usage: 'record FILE', summary: 'a session as a file'},
	snapshot: {
		usage: 'snapshot FILE',
		summary: 'a dump of every kind that knet reads, without secrets, for -f',
	},
	replay: {usage: 'replay FILE', summary: 'a recorded session, played back'},
	rbac: {usage: 'rbac', summary: 'the least ClusterRole that knet needs'},
	completion: {usage: 'completion SHELL', summary: 'completion script for bash, zsh or fish'},
	version: {usage: 'version', summary: 'version of knet'},
	help: {usage: 'help', summary: 'this help'},
} as const;

export type CommandName = keyof typeof commandTable;

export function isCommand(word: string | undefined): word is CommandName {
	return word !== undefined && Object.hasOwn(commandTable, word);
}
