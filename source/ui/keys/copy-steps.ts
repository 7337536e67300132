import {pathMarkdown} from '../../view/path-markdown.ts';
import {commandToCopy} from './copy-text.ts';
import type {Model} from '../model.ts';
import {sinceHere} from '../lines/path-head.ts';
import {step, type Step} from './step.ts';

export function copy(model: Model): Step {
	const text = commandToCopy(model) ?? '';
	return step(model.ui, {type: 'copy', text, what: text});
}

export function copySummary(model: Model): Step {
	const {trace, path, session, now, selected} = model;
	const context = {
		source: session.source,
		now,
		since: sinceHere(model),
		changes: selected?.objectChanges,
	};
	const text = trace && path ? pathMarkdown(trace, path, context) : '';
	return step(model.ui, {type: 'copy', text, what: 'a summary of this path, in Markdown'});
}
