import {getAsset, isSea} from 'node:sea';
import {Worker} from 'node:worker_threads';
import type {SessionThread, ThreadEnd} from '../../session/worker/watch-thread.ts';
import type {SessionRequest} from './open-data-source.ts';
import type {OutputLog} from '../output/output-log.ts';

type Options = {readonly env: NodeJS.ProcessEnv; readonly log: OutputLog};

/** Starts the worker thread of a session. */
export function startThread(request: SessionRequest, {env, log}: Options): SessionThread {
	const worker = new Worker(isSea() ? getAsset('worker.cjs', 'utf8') : fileOfWorker(), {
		// A single executable holds the worker as text.
		eval: isSea(),
		workerData: request,
		env,
		name: 'session',
		// Else Node copies them to the terminal, across the screen.
		stdout: true,
		stderr: true,
		// Most of what a walk makes is garbage at once: with V8's own limit a third of the memory would be that.
		resourceLimits: {maxYoungGenerationSizeMb: 16},
	});
	for (const stream of [worker.stdout, worker.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => log.add(text));
	}

	return {
		postMessage: (message) => worker.postMessage(message, []),
		on: (event, listener) => worker.on(event, listener),
		ended: endOf(worker),
		terminate: () => void worker.terminate(),
	};
}

/** Beside the bundle's chunks lies worker.js, beside the sources worker.ts. */
function fileOfWorker(): URL {
	return new URL(import.meta.url.endsWith('.ts') ? '../../worker.ts' : '../worker.js', import.meta.url);
}

function endOf(worker: Worker): Promise<ThreadEnd> {
	return new Promise((resolve) => {
		worker.once('error', (error: NodeJS.ErrnoException) => resolve({reason: reasonOf(error), error}));
		worker.once('exit', (code) => resolve({reason: `ended with exit code ${code}`}));
	});
}

function reasonOf({code}: NodeJS.ErrnoException): string {
	return code === 'ERR_WORKER_OUT_OF_MEMORY'
		? 'ran out of memory'
		: 'failed with an error that knet does not handle';
}
