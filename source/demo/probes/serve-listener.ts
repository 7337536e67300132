import {Buffer} from 'node:buffer';
import {createServer} from 'node:http';
import type {Duplex} from 'node:stream';
import type {Snapshot} from '../../model/snapshot.ts';
import {insideReply, outsideReply, type Zone} from './dns-reply.ts';
import {httpReply} from './http-status.ts';
import type {Listener} from './listener.ts';

type Surroundings = {readonly snapshot: Snapshot; readonly machine: Zone};

/** Lets a simulated server speak over a connection to it. */
export function serveListener(stream: Duplex, listener: Listener, around: Surroundings): void {
	stream.on('error', () => stream.destroy());
	switch (listener.speaks) {
		case 'dns':
			serveDns(stream, listener, around);
			break;
		case 'http':
			serveHttp(stream, listener, around);
			break;
		case 'nothing':
			stream.resume();
			break;
	}
}

function serveDns(
	stream: Duplex,
	{where}: Extract<Listener, {speaks: 'dns'}>,
	{snapshot, machine}: Surroundings,
): void {
	let received = Buffer.alloc(0);
	stream.on('data', (chunk: Buffer) => {
		received = Buffer.concat([received, chunk]);
		while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
			const message = received.subarray(2, 2 + received.readUInt16BE(0));
			received = received.subarray(2 + message.length);
			const answer =
				where === 'inside' ? insideReply(message, snapshot, machine) : outsideReply(message, machine);
			const length = Buffer.alloc(2);
			length.writeUInt16BE(answer.length);
			stream.write(Buffer.concat([length, answer]));
		}
	});
}

function serveHttp(
	stream: Duplex,
	listener: Extract<Listener, {speaks: 'http'}>,
	{snapshot}: Surroundings,
): void {
	const server = createServer((request, response) => {
		const {status, server: name} = httpReply(listener, snapshot, {
			host: request.headers.host ?? '',
			urlPath: request.url ?? '/',
		});
		response.writeHead(status, {server: name, connection: 'close'}).end();
	});
	server.emit('connection', stream);
}
