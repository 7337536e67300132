import type {Duplex} from 'node:stream';
import type {ConnectOutcome} from '../../model/evidence.ts';

/** How long a kubelet that has opened a stream may take to say that nothing listens. Milliseconds. */
const quiet = 800;

/**
Whether a port-forward stands. Nothing says so: the kubelet reports only failure, some milliseconds after the stream was
opened. So it stands when a byte came, or when nothing was said for much longer than opening it took.
*/
export async function settled(stream: Duplex, opening: number, signal: AbortSignal): Promise<ConnectOutcome> {
	return new Promise((resolve, reject) => {
		const finish = (act: () => void): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', abort);
			stream.off('error', fail);
			act();
		};
		const fail = (error: unknown): void => finish(() => reject(error));
		const abort = (): void => fail(signal.reason);
		const stands = (): void => finish(() => resolve({outcome: 'connected'}));
		const timer = setTimeout(stands, Math.max(quiet, 4 * opening));
		signal.addEventListener('abort', abort, {once: true});
		stream.once('error', fail);
		stream.once('data', stands);
		stream.once('end', () =>
			finish(() => resolve({outcome: 'reset', message: 'the connection was closed at once'})),
		);
	});
}
