import type {HopKind} from '../../path/hop-kind.ts';
import type {Command} from './command.ts';
import {commandToCopy} from './copy-text.ts';
import {hasLook} from '../looked-at.ts';
import type {Model} from '../model.ts';
import {crossable} from './crossed.ts';
import {usersOf} from './used-by.ts';

/** Why a key does nothing now, in a few words; undefined when it does something. */
export function whyNot(command: Command, model: Model): string | undefined {
	return reasons[command]?.(model);
}

const reasons: Readonly<Partial<Record<Command, (model: Model) => string | undefined>>> = {
	'hop-previous': noPath,
	'hop-next': noPath,
	'copy-summary': noPath,
	'broken-hop': (model) => noPath(model) ?? (model.path?.brokenAt ? undefined : 'this path is not broken'),
	'root-cause': (model) => noPath(model) ?? (model.path?.rootCause ? undefined : 'nothing is wrong here'),
	'path-previous': onePath,
	'path-next': onePath,
	'entry-previous': oneEntry,
	'entry-next': oneEntry,
	copy: (model) => noPath(model) ?? (commandToCopy(model) ? undefined : 'this hop has no command'),
	'history-back': ({ui}) => (ui.visited.at > 0 ? undefined : 'no path was opened before this one'),
	'history-forward': ({ui}) =>
		ui.visited.at < ui.visited.places.length - 1 ? undefined : 'this is the newest path',
	'last-view': ({ui}) => (ui.visited.before === undefined ? 'there is no other view yet' : undefined),
	pin: ({rows}) => (rows.length > 0 ? undefined : 'there is no entry'),
	open: ({rows, wanted}) => (rows.length > 0 || wanted ? undefined : 'there is no entry to open'),
	filter: ({session}) => (session.entries.length > 0 ? undefined : 'there are no entries'),
	'used-by': (model) =>
		noPath(model) ??
		(usersOf(model).length > 0 || crossable(model).length > 0
			? undefined
			: 'no entry that is listed leads here'),
	everywhere: noPath,
	yaml: (model) => whyNoObject(model) ?? (hasLook('yaml', model) ? undefined : 'this hop has no object'),
	events: (model) => whyNoObject(model) ?? (hasLook('events', model) ? undefined : 'nothing here has events'),
	describe: (model) =>
		whyNoObject(model) ?? (hasLook('describe', model) ? undefined : 'this hop has no object'),
	log: (model) => whyNoObject(model) ?? (hasLook('log', model) ? undefined : noPod(model)),
	'past-back': (model) => (model.session.playback ? undefined : (whyNoPast(model) ?? whyNoStep(model))),
	'past-forward': (model) =>
		model.session.playback
			? undefined
			: (whyNoPast(model) ?? (model.session.past ? undefined : 'the present is shown')),
	pause: ({ui, session}) =>
		session.past && ui.pausedSince === undefined ? 'the past stands still; * goes back to now' : undefined,
	'past-now': ({session}) => (session.past || session.supposition ? undefined : 'the present is shown'),
	differs: ({session}) =>
		(session.past ?? session.supposition) ? undefined : 'the present is shown; , goes back',
	save: whyNoPast,
	contexts({session}) {
		if (session.contexts.length > 0) {
			return undefined;
		}

		return session.isOpening ? 'contexts are not known yet' : 'there are no contexts to pick from';
	},
	'probe-hop': (model) =>
		whyNoProbe(model) ?? (hasTest(model, model.hop?.kind) ? undefined : 'nothing is sent to test this hop'),
	'probe-path': (model) =>
		whyNoProbe(model) ?? (hasTest(model) ? undefined : 'nothing is sent to test this path'),
};

function onePath({trace}: Model): string | undefined {
	return (trace?.paths.length ?? 0) > 1 ? undefined : 'there is only one path';
}

function oneEntry({rows}: Model): string | undefined {
	return rows.length > 1 ? undefined : 'there is no other entry';
}

function noPath(model: Pick<Model, 'path' | 'wanted'>): string | undefined {
	if (model.path) {
		return undefined;
	}

	return model.wanted ? 'the path is not walked yet' : 'no entry is selected';
}

function whyNoObject(model: Model): string | undefined {
	const {kind} = model.session.source;
	return kind === 'file' || kind === 'recording' ? `a ${kind} has no cluster to ask` : noPath(model);
}

function noPod({path}: Model): string {
	return path?.hops.some(({kind, status}) => kind === 'pod' && status !== 'skipped')
		? 'no pod of this hop is known; the hop Pods has some'
		: 'no pod is on this path';
}

function whyNoPast({session}: Model): string | undefined {
	return session.history ? undefined : 'nothing is remembered here';
}

function whyNoStep({session: {past, selected}}: Model): string | undefined {
	return !past && selected?.objectChanges?.length === 0
		? 'nothing has changed here since knet began to watch'
		: undefined;
}

/** True also where the session does not say. */
function hasTest({selected, pathIndex}: Model, hop?: HopKind): boolean {
	const hops = selected?.testable?.[pathIndex];
	return !hops || (hop === undefined ? hops.length > 0 : hops.includes(hop));
}

export function whyNoProbe(model: Pick<Model, 'session' | 'path' | 'wanted'>): string | undefined {
	const {kind} = model.session.source;
	if (kind === 'file' || kind === 'recording') {
		return `a ${kind} cannot be probed: there is no cluster behind it`;
	}

	if (model.session.past) {
		return 'the past is shown; * goes back to now';
	}

	return model.session.probe.phase === 'running' ? 'a probe is running; esc stops it' : noPath(model);
}
