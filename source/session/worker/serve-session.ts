import type {Session} from '../session.ts';
import type {FromWorker, Port, ToWorker} from './messages.ts';
import {patchBetween} from './patch.ts';

/** In the worker: sends each state as its difference to the last one that arrived in the other thread. */
export function serveSession(session: Session, port: Port<ToWorker, FromWorker>): void {
	let sent = session.getState();
	let isAwaiting = true;
	port.postMessage({type: 'state', state: sent});

	function publish(): void {
		const state = session.getState();
		const patch = isAwaiting ? undefined : patchBetween(sent, state);
		if (patch) {
			sent = state;
			isAwaiting = true;
			port.postMessage({type: 'patch', patch});
		}
	}

	session.subscribe(publish);
	port.on('message', (message) => {
		switch (message.type) {
			case 'action':
				session.dispatch(message.action);
				break;
			case 'drawn':
				isAwaiting = false;
				publish();
				break;
			case 'terminal-lent':
			case 'ping':
				break;
		}
	});
}

/** In the worker, from the start: answers pings. */
export function answerPings(port: Port<ToWorker, FromWorker>): void {
	port.on('message', ({type}) => {
		if (type === 'ping') {
			port.postMessage({type: 'pong'});
		}
	});
}
