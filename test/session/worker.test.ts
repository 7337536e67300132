import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
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
		env: {},
	});
	started.postMessage({type: 'open', request}, []);
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
