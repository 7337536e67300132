import {performance} from 'node:perf_hooks';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {medianOf, peakOf, type Cost, type Costs} from './measure.ts';

const columns = 120;
const rows = 40;

export type Explorer = {
	readonly pid: number;
	text(): string;
	/** Milliseconds from the start until what stands on the screen fits. */
	until(fits: (screen: string) => boolean, within?: number): Promise<number>;
	/**
	Writes a key; milliseconds until the screen shows what it asks for. Undefined: not within a second. The first byte
	says nothing: it may be a frame of the cluster, and two keys that undo each other between two frames write none.
	*/
	press(key: string, fits: (screen: string) => boolean): Promise<number | undefined>;
	/** Milliseconds from now until bytes with this text come. */
	bytes(wanted: string, within?: number): Promise<number>;
	close(): Promise<void>;
};

/** Does the list of keys, which `?` opens and closes, stand on the screen? */
export const showsKeys = (screen: string): boolean => /Keys [0-9]/u.test(screen);

export type Program = {
	readonly file: string;
	readonly args: readonly string[];
	readonly env: NodeJS.ProcessEnv;
};

/** Opens a program of this Node in a pty. */
export function openExplorer({file, args, env}: Program): Explorer {
	const start = performance.now();
	const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const {CI: _ci, ...own} = env;
	const pty = spawn(process.execPath, [file, ...args], {
		cols: columns,
		rows,
		env: {...own, TERM: 'xterm-256color', LANG: 'C.UTF-8'},
	});
	const drawn = new Set<() => void>();
	const heard = new Set<(data: string) => void>();
	const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));
	pty.onData((data) => {
		heard.forEach((hear) => hear(data));
		screen.write(data, () => drawn.forEach((look) => look()));
	});
	const text = (): string => textOf(screen);
	return {
		pid: pty.pid,
		text,
		until: (fits, within = 120_000) =>
			new Promise((resolve, reject) => {
				const limit = setTimeout(() => {
					drawn.delete(look);
					reject(new Error(`the screen did not get there: ${text().trim().slice(0, 200)}`));
				}, within);
				const look = (): void => {
					if (fits(text())) {
						drawn.delete(look);
						clearTimeout(limit);
						resolve(performance.now() - start);
					}
				};
				drawn.add(look);
				look();
			}),
		press: (key, fits) =>
			new Promise((resolve) => {
				const from = performance.now();
				const limit = setTimeout(() => finish(undefined), 1000);
				const look = (): void => {
					if (fits(text())) finish(performance.now() - from);
				};
				const finish = (ms: number | undefined): void => {
					clearTimeout(limit);
					drawn.delete(look);
					resolve(ms);
				};
				drawn.add(look);
				pty.write(key);
			}),
		bytes: (wanted, within = 5000) =>
			new Promise((resolve, reject) => {
				const from = performance.now();
				let before = '';
				const limit = setTimeout(() => {
					heard.delete(hear);
					reject(new Error(`no bytes with ${wanted} came`));
				}, within);
				const hear = (data: string): void => {
					before = `${before.slice(-1000)}${data}`;
					if (before.includes(wanted)) {
						heard.delete(hear);
						clearTimeout(limit);
						resolve(performance.now() - from);
					}
				};
				heard.add(hear);
			}),
		async close() {
			pty.kill('SIGKILL');
			await ended;
		},
	};
}

/** The median time until the screen fits, with the highest memory. */
export async function screenCosts(
	runs: number,
	program: Program,
	fits: (screen: string) => boolean,
): Promise<Costs> {
	const costs: Cost[] = [];
	for (let each = 0; each < runs; each++) {
		const explorer = openExplorer(program);
		try {
			const ms = await explorer.until(fits);
			costs.push({ms, mb: peakOf(explorer.pid)});
		} catch (error) {
			return {why: error instanceof Error ? error.message : String(error)};
		} finally {
			await explorer.close();
		}
	}

	return medianOf(costs);
}

function textOf({buffer: {active}}: InstanceType<typeof xterm.Terminal>): string {
	return Array.from({length: rows}, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join(
		'\n',
	);
}
