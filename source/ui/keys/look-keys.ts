import {refText} from '../../model/ref.ts';
import type {ObjectLook} from '../../session/object-look.ts';
import {hasLook, lookAgain, looksFor} from '../looked-at.ts';
import type {Model} from '../model.ts';
import type {ObjectOverlay} from '../state.ts';
import type {Command} from './command.ts';
import type {KeyPress} from './key-name.ts';
import {step, type Step} from './step.ts';

/** Shows an object of the hop: the one that was shown, where it has such a view, else the first. */
export function look(what: ObjectLook['what'], model: Model): Step {
	const {overlay} = model.ui;
	const before = overlay?.kind === 'object' ? overlay.looks[overlay.at] : undefined;
	const looks = looksFor(what, model, before?.ref);
	const at = before ? looks.findIndex(({ref}) => refText(ref) === refText(before.ref)) : 0;
	return show({kind: 'object', looks, at: Math.max(0, at)}, model);
}

/** Keys of an object that is shown: its neighbours, the other views of it, the run before. Undefined: any other key. */
export function lookKey(
	press: KeyPress,
	command: Command | undefined,
	{overlay, model}: {readonly overlay: ObjectOverlay; readonly model: Model},
): Step | undefined {
	const {looks, at} = overlay;
	const shown = looks[at];
	if (command === 'hop-previous' || command === 'hop-next') {
		const by = command === 'hop-next' ? 1 : -1;
		return looks.length > 1
			? show({kind: 'object', looks, at: (at + by + looks.length) % looks.length}, model)
			: step(model.ui);
	}

	if (isView(command) && command !== shown?.what && hasLook(command, model, shown?.ref)) {
		return look(command, model);
	}

	return press.name === 'p' && shown?.what === 'log' ? otherRun(overlay, model) : undefined;
}

function isView(command: Command | undefined): command is ObjectLook['what'] {
	return command === 'yaml' || command === 'describe' || command === 'events' || command === 'log';
}

/** The log of the run before the one that is shown, and back. */
function otherRun({looks, at}: ObjectOverlay, model: Model): Step {
	const {lookedAt} = model.session;
	const turned = lookedAt && {...lookAgain(lookedAt), previous: lookedAt.previous ? undefined : true};
	return turned ? show({kind: 'object', looks: looks.with(at, turned), at}, model) : step(model.ui);
}

function show(overlay: ObjectOverlay, {ui}: Model): Step {
	return step({...ui, overlay}, {type: 'session', action: {type: 'look', look: overlay.looks[overlay.at]}});
}
