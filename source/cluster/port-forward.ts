import {Buffer} from 'node:buffer';
import {Duplex} from 'node:stream';
import type {Channel, Connection} from './connection.ts';

type PortForwardTarget = {
	readonly namespace: string;
	readonly pod: string;
	/** As the container has it; the kubelet dials it on the pod's localhost. */
	readonly port: number;
	/** Ends the stream at any time. */
	readonly signal?: AbortSignal;
};

/** What the kubelet says when it cannot reach the port: the stream ends with it. */
export class PortForwardError extends Error {
	override readonly name = 'PortForwardError';
	/** Nothing listens on the port. */
	readonly refused: boolean;

	constructor(message: string) {
		super(message);
		this.refused = /connection refused/i.test(message);
	}
}

/**
Bytes to and from one port of a pod (core/v1 pods/portforward). Rejects as `Connection.webSocket`. An open stream does
not prove that the port is open: a refusal comes as the stream's `PortForwardError` a moment later.
*/
export async function openPortForward(connection: Connection, target: PortForwardTarget): Promise<Duplex> {
	const {namespace, pod, port, signal} = target;
	const channel = await connection.webSocket(
		`/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward`,
		{ports: String(port)},
		{protocols: ['v4.channel.k8s.io'], signal},
	);
	return streamOf(channel);
}

const dataChannel = 0;
const errorChannel = 1;

/** k8s.io/kubelet portforward/websocket.go: a channel's first message holds the port, two bytes, little endian. */
const portLength = 2;

function streamOf(channel: Channel): Duplex {
	const stream = new Duplex({
		read() {},
		write(chunk: Buffer, _encoding, done) {
			channel.send(Buffer.concat([Buffer.from([dataChannel]), chunk])).then(() => done(), done);
		},
		destroy(error, done) {
			channel.close();
			done(error);
		},
	});
	void scheduler(channel, stream);
	return stream;
}

async function scheduler(channel: Channel, stream: Duplex): Promise<void> {
	const greeted = new Set<number>();
	try {
		for await (const message of channel.messages) {
			const id = message[0] ?? -1;
			const payload = message.subarray(greeted.has(id) ? 1 : 1 + portLength);
			greeted.add(id);
			if (payload.length > 0 && id === errorChannel) {
				stream.destroy(new PortForwardError(Buffer.from(payload).toString('utf8')));
			} else if (payload.length > 0 && id === dataChannel) {
				stream.push(Buffer.from(payload));
			}
		}

		stream.push(null);
	} catch (error) {
		stream.destroy(error as Error);
	}
}
