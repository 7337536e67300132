import {readFileSync} from 'node:fs';
import {expect, onTestFinished, test} from 'vitest';
import {directoryOf} from '../helpers/files.ts';
import {openScreen, type Screen} from '../helpers/screen.ts';
import {shopYaml} from '../session/cluster.ts';
import {knetOnPath, knetScreen} from './knet.ts';
import {waitFor} from '../helpers/wait-for.ts';

/** A file says that there are none of a kind by an empty list of it. */
const noPolicies = '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems: []\n';

test('a dumb terminal gets text, and is told why', async () => {
	const directory = await directoryOf({'shop.yaml': shopYaml + noPolicies});
	const file = `${directory}/shop.yaml`;
	const shown: string[] = [];
	for (const args of [['-f', file], ['svc/web', '-n', 'shop', '-f', file], ['demo']]) {
		const screen = await knetScreen(args, {env: {TERM: 'dumb'}, columns: 100, rows: 200});
		expect(await screen.ended).toBeLessThan(2);
		expect(screen.output()).not.toContain('\u001B');
		shown.push(screen.output());
	}

	for (const text of shown) {
		expect(text).toMatch(
			/^TERM=dumb is a terminal without a screen to draw on: this is text, printed once\.\r?\n/u,
		);
	}

	expect(shown[0]).toContain('svc/api:80');
	expect(shown[1]).toContain('Endpoints');
	expect(shown[2]).toMatch(/^\d+ paths: /mu);
});

test('standard input that is the keyboard is no file for the explorer', async () => {
	const screen = await knetScreen(['-f', '-'], {columns: 100, rows: 24});
	expect(await screen.ended).toBe(2);
	expect(screen.output()).toContain('-f - reads standard input, and here that is the keyboard.');
	expect(screen.output()).toContain('Pipe manifests into knet, or give a file.');
});

test('the demo has the theme and the keys of the configuration', async () => {
	const home = await directoryOf({'.config/knet/config.yaml': 'theme: mono\nkeys: {faults: [X]}\n'});
	const screen = await knetScreen(['demo', 'not-ready'], {env: {HOME: home, TERM: 'xterm-256color'}});
	await screen.until('Pods  ');
	expect(screen.output()).not.toMatch(/\u001B\[(?:\d+;)*3[1-6]m/u);
	screen.type('q');
	screen.type('X');
	await screen.until('faults only');
});

/** Whether Linux has stopped the process. */
function isStopped({pid}: {readonly pid: number}): boolean {
	return /\) T /u.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

async function openShop(): Promise<Screen> {
	const directory = await directoryOf({'shop.yaml': shopYaml + noPolicies});
	const screen = await knetScreen(['-n', 'shop', '-f', `${directory}/shop.yaml`]);
	await screen.until('Entries 2');
	return screen;
}

const onLinux = test.runIf(process.platform === 'linux');

/** The shop, as a job of a shell. `pid` is that of knet. */
async function openJob() {
	const directory = await directoryOf({'shop.yaml': shopYaml + noPolicies});
	const bin = await knetOnPath();
	const screen = openScreen('--norc', ['--noediting', '-i'], {
		columns: 80,
		rows: 24,
		interpreter: '/bin/bash',
		env: {
			PATH: `${bin}:${process.env['PATH']}`,
			HOME: directory,
			TERM: 'xterm-256color',
			PS1: 'ready> ',
			LANG: 'C.UTF-8',
		},
	});
	onTestFinished(() => screen.close());
	await screen.until('ready>');
	screen.type(`knet -n shop -f ${directory}/shop.yaml\r`);
	await screen.until('Entries 2');
	const children = readFileSync(`/proc/${screen.pid}/task/${screen.pid}/children`, 'utf8');
	return {screen, pid: Number(children.trim().split(' ').at(-1))};
}

onLinux.each([
	['ctrl-z', ({screen}: Awaited<ReturnType<typeof openJob>>) => screen.type('\u001A')],
	['kill -TSTP', ({pid}: Awaited<ReturnType<typeof openJob>>) => process.kill(pid, 'SIGTSTP')],
])('%s gives the terminal back before it stops, and takes it again after', async (_, stop) => {
	const job = await openJob();
	const {screen} = job;
	for (let round = 0; round < 2; round++) {
		await waitFor(() => expect([screen.buffer(), screen.isRaw()]).toEqual(['alternate', true]));
		stop(job);
		await waitFor(() => expect(isStopped(job)).toBe(true));
		await waitFor(() => expect([screen.buffer(), screen.isRaw()]).toEqual(['normal', false]));
		screen.type('fg\r');
		await screen.until('Entries 2');
	}

	screen.type('q');
	await screen.until('ready>');
	await waitFor(() => expect(screen.buffer()).toBe('normal'));
});

onLinux('ctrl-z stops nothing where no shell could bring it back', async () => {
	const screen = await openShop();
	for (let round = 0; round < 2; round++) {
		const before = screen.output().length;
		screen.type('\u001A');
		await waitFor(() => expect(screen.output().slice(before)).toContain('svc/web:80'));
		await waitFor(() => expect([screen.buffer(), screen.isRaw()]).toEqual(['alternate', true]));
		expect(isStopped(screen)).toBe(false);
	}

	screen.type('q');
	expect(await screen.ended).toBe(0);
});

onLinux('draws whole where keys were typed before it reads them', async () => {
	const directory = await directoryOf({'shop.yaml': shopYaml + noPolicies});
	const screen = await knetScreen(['-n', 'shop', '-f', `${directory}/shop.yaml`], {columns: 80, rows: 24});
	// The terminal itself shows them until a program takes them one by one.
	screen.type('jj');
	await screen.until('Entries 2');
	expect(screen.text().split('\n')[0]).toMatch(/^ knet {2}file/u);
	expect(screen.text().split('\n')[1]).toMatch(/^╭ Entries 2 ━.*╮$/u);
});

onLinux('draws anew, on a raw terminal, when it was stopped without being asked', async () => {
	const screen = await openShop();
	screen.signal('SIGSTOP');
	await waitFor(() => expect(isStopped(screen)).toBe(true));
	screen.cook();
	const before = screen.output().length;
	screen.signal('SIGCONT');
	await waitFor(() => expect(screen.output().slice(before)).toContain('svc/web:80'));
	await waitFor(() => expect(screen.isRaw()).toBe(true));
});

onLinux('F4: is whole again after it was stopped, resized and brought back by a shell', async () => {
	const {screen} = await openJob();
	screen.type('\u001A');
	await waitFor(() => expect(screen.buffer()).toBe('normal'));
	await screen.until('Stopped');
	// The shell is in front: it alone hears of the new size.
	screen.resize(100, 30);
	screen.type('fg\r');
	await screen.until((text) => {
		const rows = text.split('\n');
		return rows[28]?.length === 100 && /^╭ Entries 2 .*╮╭.*╮$/u.test(rows[1] ?? '');
	});
	screen.type('q');
	await screen.until('ready>');
});
