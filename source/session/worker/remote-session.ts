import {UserError} from '../../errors.ts';
import type {Session} from '../session.ts';
import type {SessionState} from '../state.ts';
import type {FromWorker, Port, ToWorker} from './messages.ts';
import {applyPatch} from './patch.ts';

/**
In the main thread: a session that runs at the other end. Resolves with its first state, rejects when there is none.
`stop` ends the other end.
*/
export function remoteSession(port: Port<FromWorker, ToWorker>, stop: () => Promise<void>): Promise<Session> {
	const {promise, resolve, reject} = Promise.withResolvers<Session>();
	const listeners = new Set<() => void>();
	let state: SessionState | undefined;

	function become(next: SessionState): void {
		const isFirst = state === undefined;
		state = next;
		port.postMessage({type: 'drawn'});
		if (isFirst) {
			resolve(session);
		}

		listeners.forEach((listener) => listener());
	}

	const session: Session = {
		getState: () => state!,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		dispatch: (action) => port.postMessage({type: 'action', action}),
		stop,
	};

	port.on('message', (message) => {
		switch (message.type) {
			case 'state':
				return become(message.state);
			case 'patch':
				return become(applyPatch(state!, message.patch));
			case 'failed':
				return reject(failureOf(message));
			case 'terminal':
			case 'pong':
		}
	});
	return promise;
}

function failureOf({message, next, isUserError}: Extract<FromWorker, {type: 'failed'}>): Error {
	return isUserError ? new UserError(message, next) : new Error(message);
}
