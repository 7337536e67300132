import {oneLine} from '../../view/text/line.ts';
import {open} from '../visited.ts';
import type {Model} from '../model.ts';
import {pastedTarget} from './pasted.ts';
import {flash, step, type Step} from '../keys/step.ts';
import {paste as pasteInto} from './typing.ts';

/** A pasted text is never a row of keys: it goes into the line that is typed, or opens the path that it names. */
export function paste(text: string, model: Model): Step {
	const {ui, session} = model;
	const line = oneLine(text.trim());
	if (session.probe.phase === 'asking' || line === '') {
		return step(ui);
	}

	if (ui.input) {
		return step(pasteInto(ui, ui.input, line));
	}

	if (ui.overlay && 'filter' in ui.overlay) {
		return step({...ui, overlay: {...ui.overlay, filter: ui.overlay.filter + line, cursor: 0}});
	}

	const opened = pastedTarget(text, session);
	return opened
		? step(open(ui, opened))
		: step(flash(model, 'pasted text names no URL, host, IP:port or object', 'degraded'));
}
