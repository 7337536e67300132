import type {Command} from './command.ts';

export type Binding = {
	readonly command: Command;
	/** Names of keys (key-name.ts); the first is the one that the footer shows. */
	readonly keys: readonly string[];
	/** What it does, as an end of "press … to". */
	readonly help: string;
	readonly group: 'Move' | 'Look' | 'Find' | 'Check' | 'Leave';
};

/** The one table of keys: footer, help and documentation derive from it. Keys follow k9s where it has one. */
export const keymap: readonly Binding[] = [
	{command: 'up', keys: ['up', 'k'], help: 'move up', group: 'Move'},
	{command: 'down', keys: ['down', 'j'], help: 'move down', group: 'Move'},
	{command: 'page-up', keys: ['page-up', 'ctrl-b', 'ctrl-u'], help: 'move up a page', group: 'Move'},
	{
		command: 'page-down',
		keys: ['page-down', 'ctrl-f', 'ctrl-d', 'space'],
		help: 'move down a page',
		group: 'Move',
	},
	{command: 'top', keys: ['g', 'home'], help: 'go to the first', group: 'Move'},
	{command: 'bottom', keys: ['G', 'end'], help: 'go to the last', group: 'Move'},
	{command: 'hop-previous', keys: ['left'], help: 'look at the hop before', group: 'Move'},
	{command: 'hop-next', keys: ['right'], help: 'look at the next hop', group: 'Move'},
	{command: 'entry-previous', keys: ['K', '['], help: 'open the entry above', group: 'Move'},
	{command: 'entry-next', keys: ['J', ']'], help: 'open the entry below', group: 'Move'},
	{command: 'path-previous', keys: ['<', ','], help: 'show the path before, of several', group: 'Move'},
	{command: 'path-next', keys: ['>', '.'], help: 'show the next path, of several', group: 'Move'},
	{command: 'focus-next', keys: ['tab'], help: 'give the keys to the next pane', group: 'Move'},
	{command: 'focus-previous', keys: ['shift-tab'], help: 'give the keys to the pane before', group: 'Move'},
	{command: 'open', keys: ['return', 'l'], help: 'open: entry, then path, then detail', group: 'Look'},
	{command: 'broken-hop', keys: ['b'], help: 'go to the hop where traffic stops', group: 'Look'},
	{command: 'root-cause', keys: ['r'], help: 'go to the hop with the root cause', group: 'Look'},
	{command: 'faults', keys: ['z'], help: 'show faults only, or all', group: 'Look'},
	{command: 'resort', keys: ['s'], help: 'sort the entries anew, worst first', group: 'Look'},
	{command: 'pause', keys: ['p'], help: 'hold the picture, or let it go on', group: 'Look'},
	{command: 'kinds', keys: ['i'], help: 'show what is read, and how old it is', group: 'Look'},
	{
		command: 'filter',
		keys: ['/'],
		help: 'filter the entries: a regular expression, ! inverts it',
		group: 'Find',
	},
	{
		command: 'command',
		keys: [':'],
		help: 'go to a target, or give one of the words below',
		group: 'Find',
	},
	{command: 'namespaces', keys: ['n'], help: 'pick a namespace', group: 'Find'},
	{command: 'all-namespaces', keys: ['0'], help: 'list all namespaces', group: 'Find'},
	{command: 'contexts', keys: ['x'], help: 'pick a context', group: 'Find'},
	{
		command: 'probe-hop',
		keys: ['t'],
		help: 'test this hop with real requests; says first what it sends',
		group: 'Check',
	},
	{command: 'probe-path', keys: ['T'], help: 'test the whole path', group: 'Check'},
	{command: 'copy', keys: ['c'], help: 'copy the command of this hop', group: 'Check'},
	{command: 'copy-summary', keys: ['C'], help: 'copy a summary of this path, in Markdown', group: 'Check'},
	{command: 'help', keys: ['?'], help: 'show all keys', group: 'Leave'},
	{command: 'redraw', keys: ['ctrl-l', 'ctrl-r'], help: 'draw the screen anew', group: 'Leave'},
	{command: 'suspend', keys: ['ctrl-z'], help: 'stop knet for now; fg brings it back', group: 'Leave'},
	{
		command: 'back',
		keys: ['escape', 'h', 'backspace'],
		help: 'go back, close, clear the filter',
		group: 'Leave',
	},
	{command: 'quit', keys: ['q'], help: 'go back; on the first screen quit', group: 'Leave'},
	{command: 'quit-now', keys: ['ctrl-c'], help: 'quit', group: 'Leave'},
];

const byKey = new Map(keymap.flatMap(({command, keys}) => keys.map((key) => [key, command] as const)));

export function commandOf(key: string): Command | undefined {
	return byKey.get(key);
}

/** The keys of a command; the first is the one to show. */
export function keysOf(command: Command): readonly string[] {
	return keymap.find((binding) => binding.command === command)?.keys ?? [];
}
