import {run} from './commands.ts';
import type {Command} from './command.ts';
import {commandOf, keysOf} from './keymap.ts';
import type {KeyPress} from './key-name.ts';
import type {Model} from '../model.ts';
import {withNoticesRead} from '../lines/notice-lines.ts';
import {guided} from './guided.ts';
import {overlayKey} from './overlay-keys.ts';
import {flash, step, type Step} from './step.ts';
import {type} from '../typing/typing.ts';

/** What a key does, by what is on the screen: a question, a line being typed, an overlay, or the panes. */
export function press(key: KeyPress, before: Model): Step {
	// A word about a key, or of the session, lives until the next key.
	const model = {...before, ui: withNoticesRead({...before.ui, flash: undefined}, before.session)};
	const {ui, session} = model;
	if (key.name === 'ctrl-c') {
		return step(ui, {type: 'exit'});
	}

	const command = commandOf(key.name);
	if (key.text === '' && (command === 'suspend' || command === 'redraw')) {
		// Whatever is open, a broken screen can be drawn again, and the shell can be reached.
		return step(ui, {type: command});
	}

	if (session.probe.phase === 'asking') {
		return answer(key, model);
	}

	if (ui.input) {
		return guided(key, model, type(key, ui.input, model));
	}

	if (ui.overlay) {
		return guided(key, model, overlayKey(key, ui.overlay, model));
	}

	if ((session.probe.phase === 'running' || session.probeTurns) && key.name === 'escape') {
		return step(ui, {type: 'session', action: {type: 'probe-cancel'}});
	}

	if (session.playback && key.name === 'space') {
		return step(ui, {type: 'session', action: {type: 'play', request: 'pause'}});
	}

	return guided(key, model, seen(model, command ? run(command, model, key.name) : step(unbound(key, model))));
}

/** A letter without a command: silence would look as if knet hung. */
function unbound({text}: KeyPress, model: Model): Model['ui'] {
	const isLetter = /^[\u0021-\u007E]$/u.test(text);
	return isLetter ? flash(model, `no key ${text}; ${keysOf('help')[0]} lists them`) : model.ui;
}

/** A key says that what happened meanwhile was read. */
function seen({session}: Model, {ui, effects}: Step): Step {
	return session.away
		? {ui, effects: [...effects, {type: 'session', action: {type: 'away-seen'}}]}
		: {ui, effects};
}

/** Nothing is sent without a yes. The return key belongs to the list of answers, which presses one of these. */
function answer(key: KeyPress, {ui}: Model): Step {
	const given = answers[key.name];
	if (given) {
		const action = {type: 'probe-answer', yes: true, ...given} as const;
		return step({...ui, askedPage: undefined}, {type: 'session', action});
	}

	const pages = key.name === 'space' ? 1 : pagesOf(commandOf(key.name));
	return step(pages === 0 ? ui : {...ui, askedPage: (ui.askedPage ?? 0) + pages});
}

const no = {yes: false};
const answers: Readonly<Record<string, {yes?: boolean; repeat?: true; always?: true}>> = {
	y: {},
	r: {repeat: true},
	a: {always: true},
	n: no,
	q: no,
	escape: no,
};

function pagesOf(command: Command | undefined): number {
	return command === 'page-down' ? 1 : command === 'page-up' ? -1 : 0;
}
