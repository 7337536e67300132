import type {Connection} from '../../cluster/connection.ts';
import {openPortForward} from '../../cluster/port-forward.ts';
import {askStream} from '../../evidence/dns/ask-stream.ts';
import type {Machine} from '../../evidence/machine.ts';
import {outsideNamespace} from './outside-namespace.ts';

/** The world outside the demo's cluster, which is simulated as well: nothing leaves this machine. */
export function demoOutside(connection: Connection): Machine {
	const dial: Machine['dial'] = (address, port, signal) =>
		openPortForward(connection, {namespace: outsideNamespace, pod: address, port, signal});
	return {
		resolvers: ["the demo's resolver"],
		async lookUp(question, signal) {
			const stream = await dial('resolver', 53, signal);
			try {
				return await askStream(stream, question, signal);
			} finally {
				stream.on('error', () => {}).destroy();
			}
		},
		dial,
	};
}
