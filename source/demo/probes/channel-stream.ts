import {Buffer} from 'node:buffer';
import {Duplex} from 'node:stream';
import type {WebSocket} from 'ws';

/** The kubelet's end of a port-forward: bytes of the data channel (k8s.io/kubelet portforward/websocket.go). */
export function forwardStream(socket: WebSocket, port: number): Duplex {
	greet(socket, port);
	const stream = new Duplex({
		read() {},
		write(chunk: Buffer, _encoding, done) {
			socket.send(Buffer.concat([Buffer.from([0]), chunk]), (error) => done(error ?? undefined));
		},
		final(done) {
			socket.close();
			done();
		},
		destroy(error, done) {
			socket.close();
			done(error);
		},
	});
	socket.on('message', (data) => {
		stream.push(Buffer.from(data as Buffer).subarray(1));
	});
	socket.on('close', () => stream.push(null));
	return stream;
}

/** Says that nothing listens, as containerd words it. */
export function refuseForward(socket: WebSocket, port: number): void {
	greet(socket, port);
	socket.send(
		Buffer.concat([
			Buffer.from([1]),
			Buffer.from(
				`error forwarding port ${port} to pod, uid : failed to connect to localhost:${port} inside namespace, IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused `,
			),
		]),
	);
	socket.close();
}

function greet(socket: WebSocket, port: number): void {
	for (const channel of [0, 1]) {
		socket.send(Buffer.from([channel, port & 0xff, port >> 8]));
	}
}
