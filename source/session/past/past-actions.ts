import {messageOf} from '../../errors.ts';
import type {Edit} from '../../what-if/edit.ts';
import type {Clock} from '../../clock.ts';
import {createAwayWatcher} from './away.ts';
import type {Engine} from '../engine.ts';
import {recordingName, saveRecording} from './save-recording.ts';
import type {SessionAction} from '../session.ts';
import type {StateHolder} from '../state-holder.ts';
import type {TimeWanted} from '../snapshot-views/shown-views.ts';

type PastAction = Extract<SessionAction, {type: 'past' | 'what-if' | 'save' | 'focus' | 'away-seen'}>;

/** Does what asks for what is remembered. */
export type PastActions = {act(action: PastAction, engine: Engine): void};

type Options = {
	readonly clock: Clock;
	/** Of knet. */
	readonly version?: string;
	/** Reads what a person supposes. Rejects with a sentence. */
	readonly readEdits?: (text: string) => Promise<readonly Edit[]>;
};

export function createPastActions(holder: StateHolder, options: Options): PastActions {
	const away = createAwayWatcher();
	return {
		act(action, engine) {
			switch (action.type) {
				case 'past':
					return goTo(action.to, {holder, engine, options});
				case 'what-if':
					return void suppose(action.text, {holder, engine, options});
				case 'save':
					return void save(action.file, {holder, engine, options});
				case 'focus':
					return focus(action.isHere, {holder, away, options});
				case 'away-seen':
					return holder.change({away: undefined});
			}
		},
	};
}

type Memory = {readonly holder: StateHolder; readonly engine: Engine; readonly options: Options};

function goTo(to: TimeWanted, {holder, engine}: Memory): void {
	if (!engine.goTo(to)) {
		const {past} = holder.state;
		holder.notify(
			'info',
			past ? 'Nothing older is remembered.' : 'Nothing has changed here since knet began to watch.',
		);
	}
}

async function save(file: string | undefined, {holder, engine, options}: Memory): Promise<void> {
	const {clock, version = 'unknown'} = options;
	const {source, namespace} = holder.state;
	const {context} = source;
	const lines = engine.recording({context, namespace, knetVersion: version});
	const {severity, text} = await saveRecording(file ?? recordingName(context, clock.now()), lines);
	holder.notify(severity, text);
}

async function suppose(text: string | undefined, {holder, engine, options}: Memory): Promise<void> {
	try {
		const edits = text === undefined ? undefined : await options.readEdits?.(text);
		const problem = engine.suppose(text === undefined || !edits ? undefined : {title: text, edits});
		if (problem !== undefined) {
			holder.notify('error', `${problem}.`);
		}
	} catch (error) {
		holder.notify('error', messageOf(error));
	}
}

type Presence = Pick<Memory, 'holder' | 'options'> & {readonly away: ReturnType<typeof createAwayWatcher>};

/** What is shown of an earlier time is no news. */
function focus(isHere: boolean, {holder, away, options: {clock}}: Presence): void {
	const {entries, past, supposition} = holder.state;
	if (past || supposition) {
		return;
	}

	if (isHere) {
		holder.change({away: away.here(entries, clock.now()) ?? holder.state.away});
	} else {
		away.gone(entries, clock.now());
	}
}
