import type {Clock} from '../clock.ts';
import {createAwayWatcher} from './away.ts';
import type {Engine} from './engine.ts';
import {recordingName, saveRecording} from './save-recording.ts';
import type {SessionAction} from './session.ts';
import type {StateHolder} from './state-holder.ts';

type HistoryAction = Extract<SessionAction, {type: 'past' | 'save' | 'focus' | 'away-seen'}>;

/** Does what asks for what is remembered. */
export type HistoryActions = {act(action: HistoryAction, engine: Engine): void};

export function createHistoryActions(holder: StateHolder, clock: Clock, version: string): HistoryActions {
	const away = createAwayWatcher();

	async function save(file: string | undefined, engine: Engine): Promise<void> {
		const {context} = holder.state.source;
		const lines = engine.recording({context, knetVersion: version});
		const {severity, text} = await saveRecording(file ?? recordingName(context, clock.now()), lines);
		holder.notify(severity, text);
	}

	/** What is shown of an earlier time is no news. */
	function focus(isHere: boolean): void {
		const {entries, past} = holder.state;
		if (past) {
			return;
		}

		if (isHere) {
			holder.change({away: away.here(entries, clock.now()) ?? holder.state.away});
		} else {
			away.gone(entries, clock.now());
		}
	}

	return {
		act(action, engine) {
			switch (action.type) {
				case 'past': {
					engine.goTo(action.to);
					break;
				}

				case 'save': {
					void save(action.file, engine);
					break;
				}

				case 'focus': {
					focus(action.isHere);
					break;
				}

				case 'away-seen': {
					holder.change({away: undefined});
					break;
				}
			}
		},
	};
}
