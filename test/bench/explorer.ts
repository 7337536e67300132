import {performance} from 'node:perf_hooks';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {peakOf, type Cost} from './measure.ts';

const columns = 120;
const rows = 40;

/** Opens the explorer in a pty and waits until what stands on the screen fits; then ends it. */
export function openExplorer(
	args: readonly string[],
	env: NodeJS.ProcessEnv,
	fits: (screen: string) => boolean,
): Promise<Cost> {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
		const pty = spawn(process.execPath, ['dist/cli.js', ...args], {
			cols: columns,
			rows,
			env: {...env, TERM: 'xterm-256color', LANG: 'C.UTF-8', CI: undefined},
		});
		let cost: Cost | undefined;
		const limit = setTimeout(() => {
			pty.kill('SIGKILL');
			reject(new Error(`the explorer did not get there:\n${textOf(screen)}`));
		}, 60_000);
		pty.onData((data) => {
			const at = performance.now();
			screen.write(data, () => {
				if (!cost && fits(textOf(screen))) {
					cost = {ms: at - start, mb: peakOf(pty.pid)};
					pty.kill('SIGTERM');
				}
			});
		});
		pty.onExit(() => {
			clearTimeout(limit);
			if (cost) {
				resolve(cost);
			}
		});
	});
}

function textOf({buffer: {active}}: InstanceType<typeof xterm.Terminal>): string {
	return Array.from({length: rows}, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join(
		'\n',
	);
}
