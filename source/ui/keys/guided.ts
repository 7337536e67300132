import type {GuideStep} from '../../model/guide.ts';
import {whyNot} from './availability.ts';
import type {Command} from './command.ts';
import {guideAt} from '../lines/guide-lines.ts';
import type {KeyPress} from './key-name.ts';
import {commandOf} from './keymap.ts';
import type {Model} from '../model.ts';
import type {Overlay} from '../state.ts';
import type {Step} from './step.ts';

/** The guide goes on once its key did something, or its line was given after `:`. */
export function guided(key: KeyPress, before: Model, {ui, effects}: Step): Step {
	const {guide} = before.session.source;
	const at = guide && guideAt(guide, before.ui);
	const next = at === undefined ? undefined : guide?.steps[at];
	return at !== undefined && next && isTaken(next, key, {before, ui})
		? {ui: {...ui, guideAt: at + 1}, effects}
		: {ui, effects};
}

type Pressed = {readonly before: Model; readonly ui: Model['ui']};

function isTaken(next: GuideStep, key: KeyPress, {before, ui}: Pressed): boolean {
	if (next.key) {
		return ui.given !== before.ui.given && next.key === `:${ui.given.at(-1)}`;
	}

	const command = commandOf(key.name);
	return !before.ui.input && command === next.command && isDone(command, {before, ui});
}

/** In what lies over the screen a key may scroll, be typed, or do nothing: it counts where something else is seen then. */
function isDone(command: Command, {before, ui}: Pressed): boolean {
	const {overlay} = before.ui;
	return overlay ? isOther(overlay, ui.overlay) : whyNot(command, before) === undefined;
}

function isOther(before: Overlay, after: Overlay | undefined): boolean {
	return (
		before.kind !== after?.kind ||
		(before.kind === 'object' &&
			after.kind === 'object' &&
			(before.looks !== after.looks || before.at !== after.at))
	);
}
