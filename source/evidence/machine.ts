import {getServers} from 'node:dns';
import {connect, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {askResolvers} from './dns/ask-resolvers.ts';
import type {DnsServer} from './dns/ask-udp.ts';
import type {DnsQuestion, DnsReply} from './dns/message.ts';

/** The way from this machine to the world. In the demo, and in tests, it leads to servers on loopback. */
export type Machine = {
	/** Addresses of its DNS servers, to be named before they are asked. */
	readonly resolvers: readonly string[];
	/** Asks them. Rejects with Node's error, or with the signal's reason. */
	lookUp(question: DnsQuestion, signal: AbortSignal): Promise<DnsReply>;
	/** Opens a TCP connection. Rejects as `lookUp`. */
	dial(address: string, port: number, signal: AbortSignal): Promise<Duplex>;
};

/** This machine as it is: its resolvers and its routes. */
export function thisMachine(servers: readonly DnsServer[] = getServers().map(parseServer)): Machine {
	return {
		resolvers: servers.map(({address}) => address),
		lookUp: (question, signal) => askResolvers(servers, question, signal),
		dial,
	};
}

/** `192.0.2.1`, `192.0.2.1:5353`, `[2001:db8::1]:5353`, as `dns.getServers` gives them. */
function parseServer(text: string): DnsServer {
	const {bracketed, plain, port} =
		/^(?:\[(?<bracketed>.*)\]|(?<plain>[^:]*))(?::(?<port>\d+))?$/u.exec(text)?.groups ?? {};
	const address = bracketed ?? plain;
	return address === undefined ? {address: text, port: 53} : {address, port: Number(port ?? 53)};
}

async function dial(address: string, port: number, signal: AbortSignal): Promise<Socket> {
	signal.throwIfAborted();
	const socket = connect({host: address, port});
	return new Promise((resolve, reject) => {
		const abort = (): void => {
			socket.destroy();
			reject(signal.reason as Error);
		};
		signal.addEventListener('abort', abort, {once: true});
		socket.once('error', reject);
		socket.once('connect', () => {
			signal.removeEventListener('abort', abort);
			socket.off('error', reject);
			resolve(socket);
		});
	});
}
