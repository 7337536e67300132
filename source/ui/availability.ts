import type {Command} from './command.ts';
import {commandToCopy} from './copy-text.ts';
import type {Model} from './model.ts';

/** Why a key does nothing now, in a few words; undefined when it does something. */
export function whyNot(command: Command, model: Model): string | undefined {
	return reasons[command]?.(model);
}

const reasons: Readonly<Partial<Record<Command, (model: Model) => string | undefined>>> = {
	'hop-previous': noPath,
	'hop-next': noPath,
	'copy-summary': noPath,
	'broken-hop': (model) => noPath(model) ?? (model.path?.brokenAt ? undefined : 'this path is not broken'),
	'root-cause': (model) =>
		noPath(model) ?? (model.path?.rootCause ? undefined : 'nothing is wrong on this path'),
	'path-previous': onePath,
	'path-next': onePath,
	'entry-previous': oneEntry,
	'entry-next': oneEntry,
	copy: (model) => noPath(model) ?? (commandToCopy(model) ? undefined : 'this hop has no command'),
	contexts: ({session}) => (session.contexts.length > 0 ? undefined : 'there are no contexts to pick from'),
	'probe-hop': whyNoProbe,
	'probe-path': whyNoProbe,
};

function onePath({trace}: Model): string | undefined {
	return (trace?.paths.length ?? 0) > 1 ? undefined : 'there is only one path';
}

function oneEntry({rows}: Model): string | undefined {
	return rows.length > 1 ? undefined : 'there is no other entry';
}

function noPath(model: Model): string | undefined {
	if (model.path) {
		return undefined;
	}

	return model.wanted ? 'the path is not walked yet' : 'no entry is selected';
}

function whyNoProbe(model: Model): string | undefined {
	const {kind} = model.session.source;
	if (kind === 'file' || kind === 'recording') {
		return `a ${kind} cannot be probed: there is no cluster behind it`;
	}

	return model.session.probe.phase === 'running' ? 'a probe is running; esc stops it' : noPath(model);
}
