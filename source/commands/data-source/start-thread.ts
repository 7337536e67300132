import type {SessionThread} from '../../session/worker/watch-thread.ts';
import type {OpenMessage, SessionRequest} from './open-data-source.ts';
import type {OutputLog} from '../output/output-log.ts';
import {takeThread} from './worker-thread.ts';

type Options = {readonly env: NodeJS.ProcessEnv; readonly log: OutputLog};

/** Opens a session in a worker thread. */
export function startThread(request: SessionRequest, {env, log}: Options): SessionThread {
	const {worker, ended} = takeThread(env);
	for (const stream of [worker.stdout, worker.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => log.add(text));
	}

	worker.postMessage({type: 'open', request} satisfies OpenMessage, []);
	return {
		postMessage: (message) => worker.postMessage(message, []),
		on: (event, listener) => worker.on(event, listener),
		ended,
		terminate: () => void worker.terminate(),
	};
}
