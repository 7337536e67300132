import {writeFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {filmOf} from './film.ts';
import {scenario, scenes, size, type Scene} from './scenes.ts';
import {pictureOf, svgOf, type Picture} from './svg.ts';

/** `npm run media`: the pictures and the film of the README, played by the demo itself. */

const screen = new xterm.Terminal({cols: size.columns, rows: size.rows, allowProposedApi: true});
const pty = spawn(process.execPath, ['dist/cli.js', 'demo', scenario], {
	cols: size.columns,
	rows: size.rows,
	env: {...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', FORCE_COLOR: '1', CI: undefined},
});
let changed = 0;
pty.onData((data) => screen.write(data, () => (changed = performance.now())));

/** A frame comes in pieces: it is whole when nothing was written for a while. */
async function shown({keys, shows}: Scene): Promise<Picture> {
	for (const key of keys) {
		pty.write(key);
		// oxlint-disable-next-line no-await-in-loop -- a person types one key after the other
		await pause(500);
	}

	for (const end = performance.now() + 90_000; performance.now() < end;) {
		const picture = pictureOf(screen);
		if (shows.test(picture.text) && performance.now() - changed > 400) {
			return picture;
		}

		// oxlint-disable-next-line no-await-in-loop -- it looks again until the screen stands still
		await pause(100);
	}

	throw new Error(`not on the screen: ${String(shows)}\n${pictureOf(screen).text}`);
}

function write(name: string, svg: string): void {
	writeFileSync(fileURLToPath(new URL(`../../media/${name}.svg`, import.meta.url)), svg);
}

try {
	const moments = [];
	for (const scene of scenes) {
		// oxlint-disable-next-line no-await-in-loop -- each scene begins where the one before ended
		const picture = await shown(scene);
		write(scene.name, svgOf(picture));
		moments.push({picture, seconds: scene.seconds});
	}

	write('demo', filmOf(moments));
} finally {
	pty.kill('SIGTERM');
}
