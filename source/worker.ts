import {parentPort, type MessagePort} from 'node:worker_threads';
import {
	sessionOptions,
	type OpenMessage,
	type SessionRequest,
} from './commands/data-source/open-data-source.ts';
import {UserError, messageOf} from './errors.ts';
import {createSession} from './session/create-session.ts';
import type {FromWorker, ToWorker} from './session/worker/messages.ts';
import {answerPings, serveSession} from './session/worker/serve-session.ts';
import {createBorrower} from './session/worker/terminal-loan.ts';

// The model lives here, so that a stalled terminal stops no watch and a large list no key.
if (parentPort) {
	void serve(parentPort);
}

async function serve(port: MessagePort): Promise<void> {
	answerPings(port);
	const request = await requestFrom(port);
	try {
		serveSession(createSession(await sessionOptions(request, createBorrower(port))), port);
	} catch (error) {
		port.postMessage(failure(error));
		port.close();
	}
}

/** The thread is started before it is known what to open. */
function requestFrom(port: MessagePort): Promise<SessionRequest> {
	return new Promise((resolve) => {
		port.on('message', (message: OpenMessage | ToWorker) => {
			if (message.type === 'open') {
				resolve(message.request);
			}
		});
	});
}

/** Errors lose their class on the way to another thread. */
function failure(error: unknown): FromWorker {
	const message = messageOf(error);
	return error instanceof UserError
		? {type: 'failed', message, next: error.next, isUserError: true}
		: {type: 'failed', message, isUserError: false};
}
