import type {Command} from './command.ts';

/** In the order of help. */
export const bindingGroups = ['Move', 'Look', 'Past', 'Find', 'Check', 'Leave'] as const;

export type Binding = {
	readonly command: Command;
	/** Names of keys (key-name.ts); the first is the one that the footer shows. */
	readonly keys: readonly string[];
	/** What it does, as an end of "press … to". */
	readonly help: string;
	readonly group: (typeof bindingGroups)[number];
};

/** The one table of keys: footer, help and documentation derive from it. Keys follow k9s where it has one. */
export const keymap: readonly Binding[] = [
	{command: 'up', keys: ['up', 'k'], help: 'move up', group: 'Move'},
	{command: 'down', keys: ['down', 'j'], help: 'move down', group: 'Move'},
	{command: 'page-up', keys: ['page-up', 'ctrl-b', 'ctrl-u'], help: 'move up a page', group: 'Move'},
	{
		command: 'page-down',
		keys: ['page-down', 'ctrl-f', 'ctrl-d'],
		help: 'move down a page',
		group: 'Move',
	},
	{command: 'top', keys: ['g', 'home'], help: 'go to the first', group: 'Move'},
	{command: 'bottom', keys: ['G', 'end'], help: 'go to the last', group: 'Move'},
	{command: 'hop-previous', keys: ['left'], help: 'go to the previous hop', group: 'Move'},
	{command: 'hop-next', keys: ['right'], help: 'go to the next hop', group: 'Move'},
	{command: 'entry-previous', keys: ['K'], help: 'open the entry above', group: 'Move'},
	{command: 'entry-next', keys: ['J'], help: 'open the entry below', group: 'Move'},
	{command: 'path-previous', keys: ['<'], help: 'show the previous path, of several', group: 'Move'},
	{command: 'path-next', keys: ['>'], help: 'show the next path, of several', group: 'Move'},
	{command: 'history-back', keys: ['['], help: 'go back to the path opened before', group: 'Move'},
	{command: 'history-forward', keys: [']'], help: 'go forward again', group: 'Move'},
	{command: 'last-view', keys: ['-'], help: 'go to the last view, and back', group: 'Move'},
	{command: 'focus-next', keys: ['tab'], help: 'move the focus to the next pane', group: 'Move'},
	{
		command: 'focus-previous',
		keys: ['shift-tab'],
		help: 'move the focus to the previous pane',
		group: 'Move',
	},
	{command: 'open', keys: ['return'], help: 'open: entry, then path, then detail', group: 'Look'},
	{command: 'broken-hop', keys: ['b'], help: 'go to the hop where traffic stops', group: 'Look'},
	{command: 'root-cause', keys: ['r'], help: 'go to the hop with the root cause', group: 'Look'},
	{command: 'faults', keys: ['z'], help: 'show faults only, or all', group: 'Look'},
	{command: 'resort', keys: ['s'], help: 'sort the entries again', group: 'Look'},
	{command: 'sort-worst', keys: ['S'], help: 'sort by status, worst first', group: 'Look'},
	{command: 'sort-since', keys: ['A'], help: 'sort by last change, newest first', group: 'Look'},
	{command: 'sort-name', keys: ['N'], help: 'sort by name', group: 'Look'},
	{command: 'sort-namespace', keys: ['P'], help: 'sort by namespace', group: 'Look'},
	{command: 'group', keys: ['o'], help: 'group entries by their root cause, or not', group: 'Look'},
	{command: 'pin', keys: ['space'], help: 'keep this entry on top, or not; remembered', group: 'Look'},
	{command: 'zoom-in', keys: ['+'], help: 'give this pane more room: half, then all', group: 'Look'},
	{command: 'zoom-out', keys: ['_'], help: 'give it less room', group: 'Look'},
	{
		command: 'yaml',
		keys: ['y'],
		help: 'show the YAML of what decided this hop, the fields marked',
		group: 'Look',
	},
	{command: 'describe', keys: ['d'], help: 'describe it: conditions, status, spec, events', group: 'Look'},
	{command: 'events', keys: ['e'], help: 'show its events', group: 'Look'},
	{command: 'log', keys: ['l'], help: 'show the log of the pod that is to blame', group: 'Look'},
	{
		command: 'used-by',
		keys: ['u'],
		help: 'show which entries lead here, or cross its pods and nodes',
		group: 'Look',
	},
	{
		command: 'everywhere',
		keys: ['v'],
		help: 'show the target from everywhere: outside, each node, pods',
		group: 'Look',
	},
	{command: 'pulse', keys: ['w'], help: 'show the cluster: its parts, causes, namespaces', group: 'Look'},
	{command: 'past-back', keys: [','], help: 'show how everything was a moment earlier', group: 'Past'},
	{command: 'past-forward', keys: ['.'], help: 'show how everything was a moment later', group: 'Past'},
	{command: 'past-now', keys: ['*'], help: 'go back to now', group: 'Past'},
	{command: 'differs', keys: ['D'], help: 'show what differs between then and now', group: 'Past'},
	{command: 'save', keys: ['ctrl-s'], help: 'save the last hour as a recording', group: 'Past'},
	{command: 'pause', keys: ['p'], help: 'pause the screen, or let it go on', group: 'Look'},
	{command: 'kinds', keys: ['i'], help: 'show what is read, and how old it is', group: 'Look'},
	{
		command: 'filter',
		keys: ['/'],
		help: 'filter the entries: a regular expression; ! inverts, -f fuzzy, -l labels',
		group: 'Find',
	},
	{
		command: 'command',
		keys: [':'],
		help: 'go to a target, or give one of the words below',
		group: 'Find',
	},
	{command: 'namespaces', keys: ['n'], help: 'pick a namespace', group: 'Find'},
	{
		command: 'favourite',
		keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
		help: 'list the namespace of that number; n shows them',
		group: 'Find',
	},
	{
		command: 'favourites',
		keys: ['f'],
		help: 'open a favourite of the configuration, or what was pinned',
		group: 'Find',
	},
	{command: 'all-namespaces', keys: ['0'], help: 'list all namespaces', group: 'Find'},
	{command: 'contexts', keys: ['x'], help: 'pick a context', group: 'Find'},
	{
		command: 'probe-hop',
		keys: ['t'],
		help: 'test this hop; first says what it sends; held: every 30 s',
		group: 'Check',
	},
	{command: 'probe-path', keys: ['T'], help: 'test the whole path', group: 'Check'},
	{command: 'copy', keys: ['c'], help: 'copy the command of this hop', group: 'Check'},
	{command: 'copy-summary', keys: ['C'], help: 'copy a summary of this path, in Markdown', group: 'Check'},
	{command: 'help', keys: ['?'], help: 'show all keys; type to find one, enter runs it', group: 'Leave'},
	{command: 'redraw', keys: ['ctrl-l', 'ctrl-r'], help: 'redraw the screen', group: 'Leave'},
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

let bound = keymap;
let byKey = commandsByKey();

function commandsByKey(): ReadonlyMap<string, Command> {
	return new Map(bound.flatMap(({command, keys}) => keys.map((key) => [key, command] as const)));
}

/** All keys, as the person has them. */
export function bindings(): readonly Binding[] {
	return bound;
}

/**
Gives commands the keys of the configuration, once before the screen opens. A key that one command gets is taken from the other.
*/
export function rebind(wanted: Readonly<Record<string, readonly string[]>>): void {
	const taken = new Set(Object.values(wanted).flat());
	bound = keymap.map((binding) => ({
		...binding,
		keys: wanted[binding.command] ?? binding.keys.filter((key) => !taken.has(key)),
	}));
	byKey = commandsByKey();
}

export function commandOf(key: string): Command | undefined {
	return byKey.get(key);
}

/** The keys of a command; the first is the one to show. */
export function keysOf(command: Command): readonly string[] {
	return bound.find((binding) => binding.command === command)?.keys ?? [];
}
