import type {Model} from '../model.ts';
import {flash, step, type Step} from './step.ts';

/** A key that is held, or pressed once more, repeats the test; the next one ends that. */
export function probe(model: Model, hopOnly: boolean): Step {
	const {probeTurns, probe} = model.session;
	if (probeTurns) {
		return step(flash(model, 'the test is no longer repeated'), {
			type: 'session',
			action: {type: 'probe-cancel'},
		});
	}

	const repeat = (probe.phase === 'done' && model.now - probe.at < heldFor) || undefined;
	const hop = hopOnly ? model.hop?.kind : undefined;
	const action = {type: 'probe', path: model.pathIndex, hop, repeat} as const;
	return step(model.ui, {type: 'session', action});
}

/** So long after a test its key counts as held. Milliseconds. */
const heldFor = 2000;
