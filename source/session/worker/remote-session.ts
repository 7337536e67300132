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
	return new Promise((resolve, reject) => {
		const listeners = new Set<() => void>();
		let state: SessionState | undefined;

		function become(next: SessionState): void {
			const isFirst = state === undefined;
			state = next;
			port.postMessage({type: 'drawn'});
			if (isFirst) {
				resolve(session);
			}

			for (const listener of listeners) {
				listener();
			}
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
					become(message.state);
					break;
				case 'patch':
					become(applyPatch(state!, message.patch));
					break;
				case 'terminal':
				case 'pong':
					break;
				case 'failed': {
					const {message: text, next, isUserError} = message;
					reject(isUserError ? new UserError(text, next) : new Error(text));
					break;
				}
			}
		});
	});
}
