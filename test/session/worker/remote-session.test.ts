import {once} from 'node:events';
import {MessageChannel, type MessagePort} from 'node:worker_threads';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {UserError} from '../../../source/errors.ts';
import type {FromWorker} from '../../../source/session/worker/messages.ts';
import {remoteSession} from '../../../source/session/worker/remote-session.ts';
import {serveSession} from '../../../source/session/worker/serve-session.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {shop, shopAnswer} from '../../helpers/shop.ts';
import {waitFor} from '../../helpers/wait-for.ts';

let ports: readonly MessagePort[] = [];

function channel(): {readonly here: MessagePort; readonly there: MessagePort} {
	const {port1, port2} = new MessageChannel();
	ports = [port1, port2];
	return {here: port1, there: port2};
}

afterEach(() => {
	for (const port of ports) {
		port.close();
	}
});

describe('a session in another thread', () => {
	test('shows the same states, and does what it is told', async () => {
		const {here, there} = channel();
		const session = fakeSession(shop, shopAnswer);
		serveSession(session, there);
		const remote = await remoteSession(here, async () => {});
		expect(remote.getState()).toEqual(shop);
		remote.dispatch({type: 'select', target: 'https://app.example.com/api', namespace: 'shop'});
		await waitFor(() => expect(remote.getState().selected?.trace?.verdict).toBe('broken'));
		expect(remote.getState()).toEqual(session.getState());
		session.update({namespace: undefined, selected: undefined, entries: shop.entries.slice(2)});
		await waitFor(() => expect(remote.getState()).toEqual(session.getState()));
	});

	test('sends no more than one message ahead of a terminal that stalls', async () => {
		const {here, there} = channel();
		const session = fakeSession(shop);
		serveSession(session, there);
		const received: FromWorker[] = [];
		here.on('message', (message: FromWorker) => received.push(message));
		await once(here, 'message');
		for (let at = 0; at < 1000; at++) {
			session.update({at});
		}

		here.postMessage({type: 'drawn'}, []);
		await waitFor(() => expect(received).toHaveLength(2));
		expect(received[1]).toEqual({type: 'patch', patch: {fields: {at: {value: 999}}, gone: []}});
	});

	test('says why there is none', async () => {
		const {here, there} = channel();
		const opening = remoteSession(here, async () => {});
		there.postMessage(
			{
				type: 'failed',
				message: 'there is no context "x"',
				next: 'Did you mean y?',
				isUserError: true,
			},
			[],
		);
		const error = await opening.catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(UserError);
		expect(error).toMatchObject({message: 'there is no context "x"', next: 'Did you mean y?'});
	});

	test('ends the other thread when it is stopped', async () => {
		const {here, there} = channel();
		const stop = vi.fn(async () => {});
		serveSession(fakeSession(shop), there);
		const remote = await remoteSession(here, stop);
		await remote.stop();
		expect(stop).toHaveBeenCalledOnce();
	});
});
