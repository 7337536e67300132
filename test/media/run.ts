import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {screenSvg} from './svg.ts';

/** `npm run media`: the picture of the README, drawn by the demo itself. */

const columns = 112;
const rows = 30;
const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
const pty = spawn(process.execPath, ['dist/cli.js', 'demo', 'not-ready'], {
	cols: columns,
	rows,
	env: {...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', FORCE_COLOR: '1', CI: undefined},
});
const limit = setTimeout(() => pty.kill('SIGKILL'), 20_000);
let drawn = false;
pty.onData((data) => {
	screen.write(data, () => {
		if (!drawn && isComplete()) {
			drawn = true;
			// The last words of a frame may still be on their way.
			setTimeout(draw, 1500);
		}
	});
});
pty.onExit(() => {
	clearTimeout(limit);
	process.exitCode = drawn ? 0 : 1;
});

function isComplete(): boolean {
	return Array.from(
		{length: rows},
		(_, row) => screen.buffer.active.getLine(row)?.translateToString() ?? '',
	).some((line) => line.includes('root cause'));
}

function draw(): void {
	writeFileSync(fileURLToPath(new URL('../../media/explorer.svg', import.meta.url)), screenSvg(screen));
	pty.kill('SIGTERM');
}
