import {PassThrough} from 'node:stream';
import {finished} from 'node:stream/promises';
import {setImmediate, setTimeout} from 'node:timers/promises';
import type {JSONRPCMessage, Transport} from '@modelcontextprotocol/server';
import {StdioServerTransport} from '@modelcontextprotocol/server/stdio';

/** A call that takes longer than this after the client has left is not waited for. Milliseconds. */
const longest = 60_000;

/** Stdin and stdout, of which the server sees the end of input only when each call is answered. */
export type AnsweringTransport = {
	readonly transport: Transport;
	/** Resolves then. */
	readonly ended: Promise<void>;
};

/**
The SDK aborts what is not answered when stdin ends. A shell's pipe ends at once: `echo … | knet mcp` would be told nothing.
*/
export function answeringTransport(stdin: NodeJS.ReadStream): AnsweringTransport {
	const input = new PassThrough();
	const inner = new StdioServerTransport(input);
	const calls = openCalls();
	const transport: Transport = {
		async start() {
			Object.assign(inner, {
				onmessage: (message: JSONRPCMessage) => {
					calls.heard(message);
					transport.onmessage?.(message);
				},
				onclose: () => transport.onclose?.(),
				onerror: (error: Error) => transport.onerror?.(error),
			});
			await inner.start();
		},
		async send(message) {
			await inner.send(message);
			calls.said(message);
		},
		close: async () => inner.close(),
	};
	stdin.pipe(input, {end: false});
	const leave = async () => {
		await finished(stdin, {writable: false}).catch(() => {});
		while (input.readableLength + input.writableLength > 0) {
			await setImmediate();
		}

		await Promise.race([calls.answered(), setTimeout(longest, undefined, {ref: false})]);
		input.end();
	};
	return {transport, ended: leave()};
}

/** Calls that are not answered yet. */
function openCalls() {
	const ids = new Set<unknown>();
	let whenNone = () => {};
	const done = (id: unknown) => {
		ids.delete(id);
		if (ids.size === 0) {
			whenNone();
		}
	};
	return {
		heard(message: JSONRPCMessage) {
			if ('method' in message && 'id' in message) {
				ids.add(message.id);
			} else if ('method' in message && message.method === 'notifications/cancelled') {
				done(message.params?.['requestId']);
			}
		},
		said(message: JSONRPCMessage) {
			if (!('method' in message)) {
				done(message.id);
			}
		},
		async answered() {
			return new Promise<void>((resolve) => {
				whenNone = resolve;
				done(undefined);
			});
		},
	};
}
