import type {Model} from '../model.ts';
import type {Command} from './command.ts';
import type {KeyPress} from './key-name.ts';
import {commandOf} from './keymap.ts';

/** Commands that act on the path or the hop that is shown. */
export const onPath: ReadonlySet<Command> = new Set([
	'hop-previous',
	'hop-next',
	'path-previous',
	'path-next',
	'broken-hop',
	'root-cause',
	'probe-hop',
	'probe-path',
	'copy',
	'copy-summary',
	'used-by',
	'everywhere',
	'yaml',
	'describe',
	'events',
	'log',
]);

/**
Whether a key means the path that the person just moved to, while the path before is still shown. The key waits then; the path before
stays for a second at most.
*/
function isAboutNextPath({name}: KeyPress, {ui, session, lingers}: Model): boolean {
	if (!lingers || ui.input || ui.overlay || session.probe.phase === 'asking') {
		return false;
	}

	const command = commandOf(name);
	return command !== undefined && onPath.has(command);
}

type HeldKeys = {
	/** A key that was pressed; ctrl-c waits for nothing. */
	readonly add: (key: KeyPress) => void;
	/** Acts on those keys whose path has come. */
	readonly release: () => void;
};

/** Keys wait here, in their order, for the path that they are about. */
export function createHeldKeys(getModel: () => Model, act: (key: KeyPress) => void): HeldKeys {
	const waiting: KeyPress[] = [];
	function release(): void {
		while (waiting[0] && !isAboutNextPath(waiting[0], getModel())) {
			act(waiting.shift()!);
		}
	}

	return {
		add(key) {
			if (key.name === 'ctrl-c') {
				waiting.length = 0;
			}

			waiting.push(key);
			release();
		},
		release,
	};
}
