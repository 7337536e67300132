import {Buffer} from 'node:buffer';
import type {Socket} from 'node:net';

/**
Collects bytes until `measure` says how many make the message (`undefined`: not yet known), and gives back what came
after them to the socket. Used before a tunnel carries anything else.
*/
export async function readUntil(
	socket: Socket,
	measure: (received: Buffer) => number | undefined,
): Promise<Buffer> {
	let received = Buffer.alloc(0);
	return new Promise((resolve, reject) => {
		const settle = (act: () => void): void => {
			socket.off('readable', read);
			socket.off('error', fail);
			socket.off('close', closed);
			act();
		};
		const fail = (error: Error): void => {
			settle(() => {
				reject(error);
			});
		};
		const closed = (): void => {
			fail(Object.assign(new Error('the proxy closed the connection'), {code: 'ECONNRESET'}));
		};
		const read = (): void => {
			for (let chunk: Buffer | null = socket.read(); chunk !== null; chunk = socket.read()) {
				received = Buffer.concat([received, chunk]);
			}

			const length = measure(received);
			if (length !== undefined && received.length >= length) {
				settle(() => {
					socket.unshift(received.subarray(length));
					resolve(received.subarray(0, length));
				});
			}
		};
		socket.on('readable', read);
		socket.once('error', fail);
		socket.once('close', closed);
		read();
	});
}
