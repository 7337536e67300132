import {entryOfCause, pulseCauses} from '../../view/pulse-lines.ts';
import {open} from '../visited.ts';
import type {KeyPress} from './key-name.ts';
import {commandOf} from './keymap.ts';
import type {Model} from '../model.ts';
import {overlayLines, pickedCause, topOf} from '../lines/overlay-lines.ts';
import type {PulseOverlay} from '../state.ts';
import {step, type Step} from './step.ts';
import {windowTop} from '../window.ts';

const moves = new Map<string | undefined, number>([
	['up', -1],
	['down', 1],
]);

/** A cursor moves over the causes of the overview, and the return key opens the worst entry of one. Undefined: the text scrolls. */
export function pulseKey(press: KeyPress, overlay: PulseOverlay, model: Model): Step | undefined {
	const command = commandOf(press.name);
	const cause = pickedCause(overlay, model);
	if (!cause) {
		return undefined;
	}

	if (command === 'open') {
		const row = entryOfCause(cause, model.session.entries);
		return row && step(open(model.ui, {target: row.target, namespace: row.namespace}));
	}

	const causes = pulseCauses(model.session);
	const at = causes.findIndex(({id}) => id === cause.id);
	const next = causes[at + (moves.get(command) ?? 0)];
	return next && next.id !== cause.id ? moved({...overlay, cause: next.id}, model) : undefined;
}

/** The cursor stays in sight. */
function moved(overlay: PulseOverlay, model: Model): Step {
	const {ui, glyphs} = model;
	const lines = overlayLines('pulse', {...model, ui: {...ui, overlay}});
	const cursor = lines.findIndex(([first]) => first?.text === `${glyphs.select} `);
	const height = Math.max(1, ui.size.rows - 4);
	const top = windowTop({count: lines.length, height, cursor, top: topOf(overlay, model)});
	return step({...ui, overlay: {...overlay, top}});
}
