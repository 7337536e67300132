import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {getPriority, tmpdir} from 'node:os';
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {SessionRequest} from '../../source/commands/data-source/open-data-source.ts';
import {UserError} from '../../source/errors.ts';
import type {Session} from '../../source/session/session.ts';
import {remoteSession} from '../../source/session/worker/remote-session.ts';
import {apiDown, shopYaml} from './cluster.ts';
import {waitFor} from '../helpers/wait-for.ts';

let folder: string;
let worker: Worker | undefined;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'knet-'));
});

afterEach(async () => {
	await worker?.terminate();
	await rm(folder, {recursive: true});
});

function open(request: SessionRequest): Promise<Session> {
	const started = new Worker(new URL('../../source/worker.ts', import.meta.url), {
		workerData: request,
		env: {},
	});
	worker = started;
	return remoteSession(started, async () => void (await started.terminate()));
}

test('the worker walks the objects of a file', async () => {
	const file = join(folder, 'shop.yaml');
	await writeFile(file, shopYaml + apiDown);
	const session = await open({flags: {filename: [file]}});
	await waitFor(() =>
		expect(session.getState().entries.find(({title}) => title === 'svc/api:80')?.verdict).toBe('broken'),
	);
	expect(session.getState()).toMatchObject({source: {kind: 'file', files: [file]}, entriesKnown: true});
	session.dispatch({type: 'select', target: 'svc/shop/api:80'});
	await waitFor(() => expect(session.getState().selected?.trace?.verdict).toBe('broken'));
	await session.stop();
});

test('the worker says in one sentence why there is no session', async () => {
	const error: unknown = await open({flags: {filename: [join(folder, 'nope.yaml')]}}).catch(
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(UserError);
	expect(error).toMatchObject({message: `There is no file ${join(folder, 'nope.yaml')}.`});
});

test.runIf(process.platform === 'linux')(
	'the worker leaves the processor to the thread that draws',
	async () => {
		const file = join(folder, 'shop.yaml');
		await writeFile(file, shopYaml);
		const before = await niceThreads();
		const session = await open({flags: {filename: [file]}});
		expect(await niceThreads()).toBe(before + 1);
		await session.stop();
	},
);

/** Threads of this process that give way to the one that asks. */
async function niceThreads(): Promise<number> {
	const tasks = await readdir('/proc/self/task');
	const stats = await Promise.all(
		tasks.map((task) => readFile(`/proc/self/task/${task}/stat`, 'utf8').catch(() => '')),
	);
	// proc_pid_stat(5): nice is the 19th field; the second, a name in parentheses, may hold spaces.
	return stats.filter((stat) => Number(stat.split(') ')[1]?.split(' ')[16]) > getPriority(0)).length;
}
