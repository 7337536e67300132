import type {FromWorker, Port, ToWorker} from './messages.ts';

/** In the worker: asks the main thread for the terminal, and gives it back when `use` is done. One at a time. */
export function createBorrower(port: Port<ToWorker, FromWorker>): <T>(use: () => Promise<T>) => Promise<T> {
	let granted: (() => void) | undefined;
	let last: Promise<unknown> = Promise.resolve();
	port.on('message', ({type}) => {
		if (type === 'terminal-lent') {
			granted?.();
		}
	});

	async function borrow<T>(use: () => Promise<T>): Promise<T> {
		const grant = new Promise<void>((resolve) => {
			granted = resolve;
		});
		port.postMessage({type: 'terminal', wanted: true});
		await grant;
		try {
			return await use();
		} finally {
			port.postMessage({type: 'terminal', wanted: false});
		}
	}

	return (use) => {
		const turn = last.then(() => borrow(use));
		last = turn.catch(() => {});
		return turn;
	};
}

/** Removes the screen while `use` runs. */
export type LendTerminal = (use: () => Promise<void>) => Promise<void>;

/** In the main thread: lends the terminal to the worker when it asks. Returns a function that takes it back when the worker has ended. */
export function lendTo(port: Port<FromWorker, ToWorker>, lend: LendTerminal): () => void {
	let giveBack = (): void => {};
	port.on('message', (message) => {
		if (message.type !== 'terminal') {
			return;
		}

		giveBack();
		if (message.wanted) {
			void lend(
				() =>
					new Promise<void>((resolve) => {
						giveBack = resolve;
						port.postMessage({type: 'terminal-lent'});
					}),
			);
		}
	});
	return () => giveBack();
}
