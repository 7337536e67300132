import {expect, onTestFinished, test} from 'vitest';
import {createTerminalTurns} from '../../../source/ui/terminal/terminal-turns.ts';

/** Turns of a screen that notes what happens to it; `next` lets the process go on after a stop. */
function turns() {
	const seen: string[] = [];
	const stopped: (() => void)[] = [];
	const made = createTerminalTurns({
		stdin: {pause: () => process.stdin},
		stdout: {write: () => true},
		stopProcess() {
			seen.push('stopped');
			return new Promise((resolve) => {
				stopped.push(resolve);
			});
		},
	});
	made.attach(async (use) => {
		seen.push('screen down');
		await use();
		seen.push('screen up');
	});
	const settled = async (): Promise<void> => {
		for (let round = 0; round < 5; round++) {
			await new Promise((resolve) => {
				setImmediate(resolve);
			});
		}
	};

	return {made, seen, settled, next: () => stopped.shift()?.()};
}

test('a stop while the screen is drawn anew takes the screen down first', async () => {
	const {made, seen, settled, next} = turns();
	made.redraw();
	made.stop();
	await settled();
	expect(seen).toEqual(['screen down', 'screen up', 'screen down', 'stopped']);
	next();
	await settled();
	expect(seen.at(-1)).toBe('screen up');
});

test('two stops at once stop one time', async () => {
	const {made, seen, settled, next} = turns();
	made.stop();
	made.stop();
	await settled();
	next();
	await settled();
	expect(seen).toEqual(['screen down', 'stopped', 'screen up']);
});

test('a stop while the screen comes back from another one stops again', async () => {
	const {made, seen, settled, next} = turns();
	let drawn = (): void => {};
	made.attach(async (use) => {
		await use();
		await new Promise<void>((resolve) => {
			drawn = resolve;
		});
	});
	made.stop();
	await settled();
	next();
	await settled();
	made.stop();
	drawn();
	await settled();
	expect(seen).toEqual(['stopped', 'stopped']);
});

test('who borrowed the terminal is stopped at once: there is no screen', async () => {
	const {made, seen, settled, next} = turns();
	let give = (): void => {};
	void made.lend(
		() =>
			new Promise((resolve) => {
				give = resolve;
			}),
	);
	await settled();
	made.stop();
	expect(seen).toEqual(['screen down', 'stopped']);
	next();
	give();
	await settled();
	expect(seen.at(-1)).toBe('screen up');
});

test('a stop right after the terminal is asked for waits until the screen is down', async () => {
	const {made, seen, settled} = turns();
	void made.lend(async () => void seen.push('lent'));
	made.stop();
	await settled();
	await settled();
	expect(seen).toEqual(['screen down', 'lent', 'screen up', 'screen down', 'stopped']);
});

test('a stop while the screen comes back before the next borrower takes it down first', async () => {
	const {made, seen, settled, next} = turns();
	let drawn = (): void => {};
	made.attach(async (use) => {
		seen.push('screen down');
		await use();
		await new Promise<void>((resolve) => {
			drawn = resolve;
		});
	});
	made.stop();
	await settled();
	void made.lend(async () => void seen.push('lent'));
	next();
	await settled();
	made.stop();
	expect(seen).toEqual(['screen down', 'stopped']);
	for (let turn = 0; turn < 2; turn++) {
		drawn();
		await settled();
	}

	expect(seen).toEqual(['screen down', 'stopped', 'screen down', 'lent', 'screen down', 'stopped']);
});

test.skipIf(process.platform === 'win32')(
	'ctrl-c that ends the borrower is heard before the screen takes it',
	async () => {
		const {made, settled} = turns();
		let listeners = 0;
		const heard = (): void => {
			listeners = process.listenerCount('SIGINT');
		};
		process.on('SIGINT', heard);
		onTestFinished(() => void process.off('SIGINT', heard));
		const before = process.listenerCount('SIGINT');
		await made.lend(async () => {
			// The process has the signal, and its loop has not come round to it, when the borrower is seen to have ended.
			process.kill(process.pid, 'SIGINT');
		});
		await settled();
		expect(listeners).toBe(before + 1);
		expect(process.listenerCount('SIGINT')).toBe(before);
	},
);

test('the terminal is free when nobody waits for it', async () => {
	const {made, settled} = turns();
	expect(made.isFree()).toBe(true);
	let give = (): void => {};
	void made.lend(
		() =>
			new Promise((resolve) => {
				give = resolve;
			}),
	);
	expect(made.isFree()).toBe(false);
	await settled();
	give();
	await settled();
	expect(made.isFree()).toBe(true);
});

test('the screen waits for who has the terminal already', async () => {
	const {made, seen, settled} = turns();
	let give = (): void => {};
	void made.lend(
		() =>
			new Promise((resolve) => {
				give = resolve;
			}),
	);
	await settled();
	void made.free().then(() => seen.push('free'));
	await settled();
	expect(seen).toEqual(['screen down']);
	give();
	await settled();
	expect(seen).toEqual(['screen down', 'screen up', 'free']);
});
