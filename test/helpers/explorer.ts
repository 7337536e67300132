import {startExplorer, type StartOptions} from '../../source/ui/start.tsx';
import type {SessionState} from '../../source/session/state.ts';
import {fakeSession, type FakeSession} from './fake-session.ts';
import {now} from './shop-traces.ts';
import {shop, shopAnswer} from './shop.ts';
import {openTerminal, type TestTerminal} from './terminal.ts';

/** The explorer over the shop, on a terminal in memory, at half past two in the morning. */
export type OpenExplorer = TestTerminal & {
	readonly session: FakeSession;
	/** Resolves when the person has left. */
	readonly done: Promise<void>;
	/** Lets time pass, as the explorer sees it. */
	pass(milliseconds: number): void;
	close(): Promise<void>;
};

type Options = Pick<StartOptions, 'favourites' | 'named' | 'pins' | 'remember' | 'theme'> & {
	readonly columns: number;
	readonly rows: number;
	readonly state?: SessionState;
	readonly answer?: typeof shopAnswer;
	readonly color?: boolean;
	readonly ascii?: boolean;
	readonly target?: string;
	readonly keys?: Readonly<Record<string, readonly string[]>>;
};

export function openExplorer(options: Options): OpenExplorer {
	const {favourites, named, pins, remember, theme} = options;
	const {columns, rows, state = shop, color = true, ascii = false, answer = shopAnswer} = options;
	const terminal = openTerminal(columns, rows);
	const session = fakeSession(state, answer);
	const ticks = new Set<() => void>();
	let time = now;
	const done = startExplorer({
		session,
		color,
		ascii,
		stdin: terminal.stdin,
		stdout: terminal.stdout,
		env: {},
		keys: options.keys,
		theme,
		favourites,
		named,
		pins,
		remember,
		...(options.target ? {opened: {target: options.target}} : {}),
		clock: {
			now: () => time,
			every(_, tick) {
				ticks.add(tick);
				return () => ticks.delete(tick);
			},
		},
	});
	return {
		...terminal,
		session,
		done,
		pass(milliseconds) {
			time += milliseconds;
			for (const tick of ticks) {
				tick();
			}
		},
		async close() {
			terminal.type('\u0003');
			await done.catch(() => {});
		},
	};
}
