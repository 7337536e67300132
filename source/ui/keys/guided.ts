import type {GuideStep} from '../../model/guide.ts';
import {whyNot} from './availability.ts';
import {guideAt} from '../lines/guide-lines.ts';
import type {KeyPress} from './key-name.ts';
import {commandOf} from './keymap.ts';
import type {Model} from '../model.ts';
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
	const isPossible = before.ui.overlay !== undefined || (command && whyNot(command, before) === undefined);
	return !before.ui.input && command === next.command && isPossible === true;
}
