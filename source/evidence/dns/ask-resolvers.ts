import {connect} from 'node:net';
import {askStream} from './ask-stream.ts';
import {askUdp, type DnsServer} from './ask-udp.ts';
import type {DnsQuestion, DnsReply} from './message.ts';

/** As resolv.conf(5): the next server is asked when one is silent for so long. Milliseconds. */
const timeout = 1500;

/** Servers of resolv.conf(5) beyond the third are not looked at. */
const mostServers = 3;

/**
Asks as the resolver of this machine does: one server after the other, until one answers; over TCP what does not fit into a
datagram. Rejects with the last failure.
*/
export async function askResolvers(
	servers: readonly DnsServer[],
	question: DnsQuestion,
	signal: AbortSignal,
): Promise<DnsReply> {
	let last: unknown = new Error('this machine has no DNS server configured');
	for (const server of servers.slice(0, mostServers)) {
		try {
			return await askServer(server, question, AbortSignal.any([signal, AbortSignal.timeout(timeout)]));
		} catch (error) {
			last = error;
			signal.throwIfAborted();
		}
	}

	throw last;
}

/** Over UDP, then over TCP if the answer was cut. */
export async function askServer(
	server: DnsServer,
	question: DnsQuestion,
	signal: AbortSignal,
): Promise<DnsReply> {
	const reply = await askUdp(server, question, signal);
	if (!reply.isTruncated) {
		return reply;
	}

	const stream = connect({host: server.address, port: server.port});
	try {
		return await askStream(stream, question, signal);
	} finally {
		stream.destroy();
	}
}
