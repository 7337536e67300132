import {getAsset, isSea} from 'node:sea';
import {Worker} from 'node:worker_threads';
import type {ThreadEnd} from '../../session/worker/watch-thread.ts';

export type WorkerThread = {
	readonly worker: Worker;
	/** Resolves when the thread has ended. */
	readonly ended: Promise<ThreadEnd>;
};

let early: WorkerThread | undefined;

/** Starts the thread of the first session before it is known what to show, so that it loads while this one does. */
export function startEarly(env: NodeJS.ProcessEnv): void {
	early = create(env);
	// A command line that turns out to be wrong ends knet all the same.
	early.worker.unref();
}

/** The thread that was started early, or a new one. */
export function takeThread(env: NodeJS.ProcessEnv): WorkerThread {
	const thread = early ?? create(env);
	early = undefined;
	thread.worker.ref();
	return thread;
}

function create(env: NodeJS.ProcessEnv): WorkerThread {
	const worker = new Worker(isSea() ? getAsset('worker.cjs', 'utf8') : fileOfWorker(), {
		// A single executable holds the worker as text.
		eval: isSea(),
		env,
		name: 'session',
		// Else Node copies them to the terminal, across the screen.
		stdout: true,
		stderr: true,
		// Most of what a walk makes is garbage at once: with V8's own limit a third of the memory would be that.
		resourceLimits: {maxYoungGenerationSizeMb: 16},
	});
	return {worker, ended: endOf(worker)};
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
