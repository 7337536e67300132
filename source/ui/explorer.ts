import type {Pin, Pins} from '../model/pin.ts';
import {playbackTime} from '../model/playback.ts';
import type {Session, SessionAction} from '../session/session.ts';
import type {Glyphs} from '../view/text/glyphs.ts';
import type {Selected, SessionState} from '../session/state.ts';
import {createCalm, isAwaited} from './calm.ts';
import {copiedWords, type Copied} from './terminal/clipboard.ts';
import {isSame} from './visited.ts';
import {createHeldKeys} from './keys/held-keys.ts';
import type {KeyPress} from './keys/key-name.ts';
import {isFollowed, lookAgain} from './looked-at.ts';
import type {Model} from './model.ts';
import {paste} from './typing/paste.ts';
import {press} from './keys/press.ts';
import {reconcile} from './reconcile.ts';
import {initialState, type OpenedTarget, type UiState} from './state.ts';
import {flash, type Effect, type Step} from './keys/step.ts';

/** What the explorer asks of the terminal and the process. */
type TerminalIo = {
	copy(text: string): Promise<Copied>;
	redraw(): void;
	suspend(): void;
	exit(): void;
};

/** The time, and a way to be called now and then; tests bring their own. */
export type Clock = {
	now(): number;
	/** Calls back every so many milliseconds; returns what stops it. */
	every(milliseconds: number, tick: () => void): () => void;
};

export const systemClock: Clock = {
	now: Date.now,
	every(milliseconds, tick) {
		const timer = setInterval(tick, milliseconds);
		return () => clearInterval(timer);
	},
};

/** The explorer's state and what changes it: React subscribes and draws. */
export type Explorer = {
	readonly getModel: () => Model;
	readonly subscribe: (listener: () => void) => () => void;
	readonly press: (key: KeyPress) => void;
	readonly paste: (text: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	/** Says who does what keys ask of the outside. */
	readonly attach: (terminalIo: TerminalIo) => void;
	readonly stop: () => void;
};

type ExplorerOptions = {
	readonly session: Session;
	readonly clock: Clock;
	readonly columns: number;
	readonly rows: number;
	readonly glyphs: Glyphs;
	readonly opened?: OpenedTarget;
	/** Targets at hand. */
	readonly favourites?: readonly string[];
	/** Of the runs before. */
	readonly pins?: Pins;
	/** Keeps pins of a context for the next run. */
	readonly remember?: Remember;
	/** A text whose commands name the program as it was called. */
	readonly named?: (text: string) => string;
};

export type Remember = (context: string, pins: readonly Pin[]) => void;

/** Clocks and ages on the screen move once a second. */
const tickEvery = 1000;

export function createExplorer(options: ExplorerOptions): Explorer {
	const {session, clock, glyphs, named = (text) => text} = options;
	const listeners = new Set<() => void>();
	let terminalIo: TerminalIo | undefined;
	let held: SessionState | undefined;
	let model = reconcileWith(initialState(options));

	function reconcileWith(ui: UiState, keepOpen?: Selected): Model {
		held = ui.pausedSince === undefined ? undefined : (held ?? session.getState());
		// A question about a probe, and its answer, are never held back.
		const state = held ? {...held, probe: session.getState().probe} : session.getState();
		const deskTime = clock.now();
		const now = shownTime(state, deskTime);
		return reconcile({ui, session: state, now, deskTime, glyphs, named, keepOpen});
	}

	/** `stays`: what is shown may stay until what is wanted was walked. */
	function update(ui: UiState, stays = true): void {
		const before = model.wanted;
		model = reconcileWith(ui, stays ? model.selected : undefined);
		const {wanted} = model;
		if (wanted ? !isSame(before, wanted) : before) {
			session.dispatch({type: 'select', ...wanted});
		}

		for (const listener of listeners) {
			listener();
		}
	}

	const keys = createHeldKeys(
		() => model,
		(key) => take(press(key, model)),
	);
	const calm = createCalm();
	const unsubscribe = session.subscribe(() => {
		if (isAwaited(model, session.getState()) || calm.mayDraw()) {
			update(model.ui);
			keys.release();
		}
	});
	const stopClock = clock.every(tickEvery, () => {
		calm.tick();
		update(model.ui, false);
		keys.release();
		followLog(model, (action) => session.dispatch(action));
	});
	if (model.wanted) {
		session.dispatch({type: 'select', ...model.wanted});
	}

	function take({ui, effects}: Step): void {
		update(ui);
		const say = (text: string, tone: 'degraded' | 'ok'): void => update(flash(model, text, tone));
		effects.forEach((effect) =>
			perform(effect, {session, terminalIo, remember: options.remember, named, say}),
		);
	}

	return {
		getModel: () => model,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		press: keys.add,
		paste: (text) => take(paste(text, model)),
		resize: (columns, rows) => update({...model.ui, size: {columns, rows}}),
		attach(given) {
			terminalIo = given;
		},
		stop() {
			unsubscribe();
			stopClock();
		},
	};
}

/** How often a log that is followed is read again. Milliseconds. */
const followEvery = 2000;

function followLog(
	{ui: {overlay}, session: {lookedAt}, now}: Model,
	dispatch: (action: SessionAction) => void,
): void {
	const isDue = Math.floor(now / tickEvery) % (followEvery / tickEvery) === 0;
	if (isDue && lookedAt?.phase === 'shown' && isFollowed(overlay, lookedAt)) {
		dispatch({type: 'look', look: lookAgain(lookedAt)});
	}
}

/** A recording has its own time; an earlier time that is looked at stands still. */
function shownTime({past, playback}: SessionState, now: number): number {
	return past?.at ?? (playback ? playbackTime(playback, now) : now);
}

type Outside = {
	readonly session: Session;
	readonly terminalIo: TerminalIo | undefined;
	readonly remember: Remember | undefined;
	readonly named: (text: string) => string;
	/** Shows a word about what was done. */
	readonly say: (text: string, tone: 'degraded' | 'ok') => void;
};

function perform(effect: Effect, outside: Outside): void {
	const {session, terminalIo, remember} = outside;
	switch (effect.type) {
		case 'copy':
			void copy(effect, outside);
			break;
		case 'session':
			session.dispatch(effect.action);
			break;
		case 'remember':
			// Pins of what has no context last as long as the session.
			if (effect.place !== '') {
				remember?.(effect.place, effect.pins);
			}

			break;
		case 'redraw':
		case 'suspend':
		case 'exit':
			terminalIo?.[effect.type]();
	}
}

async function copy(
	{text, what}: Extract<Effect, {type: 'copy'}>,
	{terminalIo, named, say}: Outside,
): Promise<void> {
	const copied = await terminalIo?.copy(named(text));
	if (copied) {
		say(copiedWords(copied, named(what)), copied === 'too-long' ? 'degraded' : 'ok');
	}
}
