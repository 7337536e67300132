import type {Command} from './command.ts';
import {commandToCopy} from './copy-text.ts';
import type {Model} from './model.ts';

/** Why a key does nothing now, in a few words; undefined when it does something. */
export function whyNot(command: Command, model: Model): string | undefined {
	switch (command) {
		case 'hop-previous':
		case 'hop-next':
		case 'copy-summary': {
			return model.path ? undefined : noPath(model);
		}

		case 'broken-hop': {
			return model.path?.brokenAt || !model.path ? noPath(model) : 'this path is not broken';
		}

		case 'root-cause': {
			return model.path?.rootCause || !model.path ? noPath(model) : 'nothing is wrong on this path';
		}

		case 'path-previous':
		case 'path-next': {
			return (model.trace?.paths.length ?? 0) > 1 ? undefined : 'there is only one path';
		}

		case 'entry-previous':
		case 'entry-next': {
			return model.rows.length > 1 ? undefined : 'there is no other entry';
		}

		case 'copy': {
			return commandToCopy(model) ? undefined : (noPath(model) ?? 'this hop has no command');
		}

		case 'contexts': {
			return model.session.contexts.length > 0 ? undefined : 'there are no contexts to pick from';
		}

		case 'probe-hop':
		case 'probe-path': {
			return whyNoProbe(model);
		}

		default: {
			return undefined;
		}
	}
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
