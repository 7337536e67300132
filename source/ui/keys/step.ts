import type {Pin} from '../../model/pin.ts';
import type {SessionAction} from '../../session/session.ts';
import type {Tone} from '../../view/text/line.ts';
import type {Model} from '../model.ts';
import type {UiState} from '../state.ts';

/** What a key asks of the world outside the screen. */
export type Effect =
	| {readonly type: 'session'; readonly action: SessionAction}
	/** `what`: the text, or what it is, for the word about it. */
	| {readonly type: 'copy'; readonly text: string; readonly what: string}
	/** Keeps pins for the next run. */
	| {readonly type: 'remember'; readonly place: string; readonly pins: readonly Pin[]}
	| {readonly type: 'redraw'}
	| {readonly type: 'suspend'}
	| {readonly type: 'exit'};

/** What came of a key. */
export type Step = {readonly ui: UiState; readonly effects: readonly Effect[]};

export function step(ui: UiState, ...effects: readonly Effect[]): Step {
	return {ui, effects};
}

/** A word in the footer, for a few seconds. */
export function flash(
	{ui, deskTime}: Pick<Model, 'ui' | 'deskTime'>,
	text: string,
	tone: Tone = 'dim',
): UiState {
	return {...ui, flash: {text, tone, at: deskTime}};
}
