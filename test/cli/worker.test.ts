import {rename, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {directoryOf} from '../helpers/files.ts';
import type {Screen} from '../helpers/screen.ts';
import {knetScreen} from './knet.ts';

type Demo = {readonly screen: Screen; readonly strike: (mishap: string) => Promise<void>};

/** The demo, whose worker threads run what is written into the file `strike`, each once; `again` is run in each thread. */
async function demoWith(again = ''): Promise<Demo> {
	const directory = await directoryOf({
		'mishap.cjs': `
const {isMainThread} = require('node:worker_threads');
const {readFileSync, rmSync} = require('node:fs');
if (!isMainThread) {
	${again}
	setInterval(() => {
		let mishap;
		try {
			mishap = readFileSync(__dirname + '/strike', 'utf8');
			rmSync(__dirname + '/strike');
		} catch {
			return;
		}

		eval(mishap);
	}, 50);
}`,
	});
	const screen = await knetScreen(['demo', 'not-ready'], {
		env: {NODE_OPTIONS: `--max-old-space-size=160 --require ${directory}/mishap.cjs`},
	});
	return {
		screen,
		// A thread that looks while it is written would run half of it.
		strike: async (mishap) => {
			await writeFile(`${directory}/next`, mishap);
			await rename(`${directory}/next`, `${directory}/strike`);
		},
	};
}

const live = '● live';

const mishaps = [
	// A loop that never ends, and leaves the processor to others.
	[
		'hangs',
		'const cell = new Int32Array(new SharedArrayBuffer(4)); for (;;) Atomics.wait(cell, 0, 0, 20);',
		/does not answer/u,
	],
	['ends', 'process.exit(0)', /ended with exit code 0/u],
	[
		'runs out of memory',
		'const all = []; for (;;) all.push(new Array(1e6).fill({}));',
		/ran out of memory|does not answer/u,
	],
	['fails', "throw new Error('in a timer')", /failed with an error/u],
] as const;

test(`a worker that ${mishaps.map(([name]) => name).join(', or ')} is said at once, and another takes its place`, async () => {
	const {screen, strike} = await demoWith();
	await screen.until(live);
	for (const [, mishap, said] of mishaps) {
		await strike(mishap);
		await screen.until((text) => text.includes('! stale') && said.test(text));
		expect(screen.text()).not.toContain(live);
		expect(screen.text()).toContain('app.example.com/api');
		await screen.until(live);
	}

	screen.type('\u0003');
	expect(await screen.ended).toBe(0);
	expect(screen.output()).not.toContain('in a timer');
});

test('nothing that a worker prints reaches the terminal', async () => {
	const {screen} = await demoWith(
		`console.log('PRINTED'); console.error('PRINTED'); process.stdout.write('PRINTED'); process.stderr.write('PRINTED');
		process.emitWarning('PRINTED'); setInterval(() => process.emitWarning('PRINTED'), 500);`,
	);
	await screen.until(live);
	await screen.until((text) => text.includes('KNET'));
	screen.type('?');
	await screen.until('Keys');
	screen.type('\u0003');
	expect(await screen.ended).toBe(0);
	expect(screen.output()).not.toContain('PRINTED');
});
