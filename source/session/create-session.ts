import type {Session, SessionAction} from './session.ts';
import {blankState} from './blank-state.ts';
import type {ContextRow, SessionState} from './state.ts';
import {createPastActions, type PastActions} from './past/past-actions.ts';
import type {Clock} from '../clock.ts';
import {runEngine} from './run-engine.ts';
import type {DataSource} from './data-source.ts';
import {createLooking} from './looking.ts';
import {createProbing, type Probing} from './probes/probing.ts';
import {createSwitcher} from './switcher.ts';
import {createStateHolder, type StateHolder} from './state-holder.ts';
import type {Edit} from '../what-if/edit.ts';
import type {Marking} from '../path/ignore.ts';
import type {PlayRequest} from '../model/playback.ts';
import type {TraceOptions} from '../model/request.ts';

export type SessionOptions = {
	/** Already open: a kubeconfig that leads nowhere has no session. */
	readonly dataSource: DataSource;
	/** Opens another context. Rejects with a sentence. */
	readonly open: (context: string) => Promise<DataSource>;
	readonly contexts: readonly ContextRow[];
	/** Absent: all. */
	readonly namespace?: string;
	/** How requests are made at first. */
	readonly traceOptions?: TraceOptions;
	readonly clock: Clock;
	/** Of knet. */
	readonly version?: string;
	/** Reads what a person supposes: a file of manifests, or words. Rejects with a sentence. */
	readonly readEdits?: (text: string) => Promise<readonly Edit[]>;
	/** Marks findings that the person lives with. */
	readonly mark?: Marking;
	/** Probes were agreed to beforehand. */
	readonly mayProbe?: boolean;
	/** Registers a function that gets what exec plugins print. */
	readonly hear?: (say: (text: string) => void) => void;
};

/** A session over one cluster at a time; it survives whatever that cluster does. */
export function createSession({clock, ...options}: SessionOptions): Session {
	const holder = createStateHolder(firstState({clock, ...options}), clock);
	const probing = createProbing({
		clock,
		isAllowed: options.mayProbe ?? false,
		here: () => ({prober: running.dataSource.prober, selected: holder.state.selected}),
		show: (probe) => holder.change({probe}),
		showTurns: (probeTurns) => holder.change({probeTurns}),
		say: (text) => holder.notify('info', text),
	});
	options.hear?.((text) => holder.notify('warning', text));
	const remembered = createPastActions(holder, {...options, clock});
	const looking = createLooking((lookedAt) => holder.change({lookedAt}));
	const running = runEngine({...options, clock}, holder);
	const switchTo = createSwitcher({
		open: options.open,
		onOpened: (opened) => leaveFor(opened, opened.namespace),
		onProblem: (text) => holder.notify('error', text),
	});

	function leaveFor(opened: DataSource, namespace: string | undefined): void {
		probing.cancel();
		running.replace(opened, namespace);
		const fresh = blankState(
			opened.source,
			withCurrent(options.contexts, opened.source.context),
			clock.now(),
		);
		holder.change({...fresh, namespace, selected: undefined});
	}

	function play(request: PlayRequest): void {
		const opened = running.dataSource.player?.act(request);
		if (opened) {
			leaveFor(opened, holder.state.namespace);
		}
	}

	return {
		getState: () => holder.state,
		subscribe: (listener) => holder.subscribe(listener),
		dispatch: (action) => dispatch(action, {holder, probing, running, remembered, looking, play, switchTo}),
		stop: () => running.stop(),
	};
}

/** What a session is made of. */
type Parts = {
	readonly holder: StateHolder;
	readonly probing: Probing;
	readonly running: ReturnType<typeof runEngine>;
	readonly remembered: PastActions;
	readonly looking: ReturnType<typeof createLooking>;
	readonly play: (request: PlayRequest) => void;
	readonly switchTo: ReturnType<typeof createSwitcher>;
};

function dispatch(action: SessionAction, parts: Parts): void {
	const {holder, probing, running} = parts;
	switch (action.type) {
		case 'select':
			probing.leave();
			return running.select(action);

		case 'everywhere':
			return running.compare(action.isWanted);
		case 'cross':
			return running.engine.cross(action.ref);
		case 'namespace':
			holder.change({namespace: action.namespace, entries: [], entriesKnown: false});
			return running.engine.list(action.namespace);

		case 'context':
			holder.notify('info', `Opening ${action.context}.`);
			return void parts.switchTo(action.context);

		case 'ask':
			holder.change({traceOptions: action.traceOptions});
			return running.engine.ask(action.traceOptions);

		case 'play':
			return parts.play(action.request);
		case 'look':
			return parts.looking.look(action.look, running.dataSource);
		case 'past':
		case 'what-if':
		case 'save':
		case 'focus':
		case 'away-seen':
			return parts.remembered.act(action, running.engine);
		case 'probe':
		case 'probe-answer':
		case 'probe-cancel':
		case 'probe-allow':
			return probing.act(action);
	}
}

function firstState({
	dataSource,
	contexts,
	namespace,
	traceOptions = {},
	clock,
}: SessionOptions): SessionState {
	return {...blankState(dataSource.source, contexts, clock.now()), namespace, traceOptions};
}

function withCurrent(contexts: readonly ContextRow[], name: string | undefined): readonly ContextRow[] {
	return contexts.map((row) => ({...row, current: row.name === name}));
}
