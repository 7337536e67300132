import {Buffer} from 'node:buffer';
import type {IncomingMessage, Server} from 'node:http';
import {WebSocketServer, type WebSocket} from 'ws';
import type {World} from '../world.ts';
import {forwardStream, refuseForward} from './channel-stream.ts';
import {iptablesSave} from './iptables-rules.ts';
import {outsideListener, podListener} from './listener.ts';
import {outsideNamespace} from './outside-namespace.ts';
import {outsideZone} from './outside-zone.ts';
import {serveListener} from './serve-listener.ts';
import {worldSnapshot} from './world-snapshot.ts';

const upgradePath =
	/^\/api\/v1\/namespaces\/(?<namespace>[^/]+)\/pods\/(?<name>[^/]+)\/(?<verb>portforward|exec)$/u;

/** Answers port-forward and exec, as kubelets do. */
export function serveUpgrades(server: Server, world: World): {close(): void} {
	const sockets = new WebSocketServer({
		noServer: true,
		handleProtocols: (offered) => [...offered][0] ?? false,
	});
	server.on('upgrade', (request: IncomingMessage, socket, head) => {
		sockets.handleUpgrade(request, socket, head, (opened) => {
			opened.on('error', () => opened.terminate());
			answer(world, request, opened);
		});
	});
	return {
		close() {
			sockets.clients.forEach((client) => client.terminate());
			sockets.close();
		},
	};
}

function answer(world: World, request: IncomingMessage, socket: WebSocket): void {
	const url = new URL(request.url ?? '/', 'http://localhost');
	const {namespace = '', name = '', verb} = upgradePath.exec(url.pathname)?.groups ?? {};
	if (verb === 'portforward') {
		forward(
			world,
			{namespace, name: decodeURIComponent(name), port: Number(url.searchParams.get('ports'))},
			socket,
		);
	} else {
		execute(world, {namespace, name, command: url.searchParams.getAll('command')}, socket);
	}
}

type Place = {readonly namespace: string; readonly name: string; readonly port: number};

function forward(world: World, {namespace, name, port}: Place, socket: WebSocket): void {
	const snapshot = worldSnapshot(world, Date.now());
	const listener =
		namespace === outsideNamespace
			? outsideListener(snapshot, name, port)
			: podListener(snapshot.get('Pod', namespace, name), port);
	if (listener) {
		serveListener(forwardStream(socket, port), listener, {snapshot, machine: outsideZone(world)});
	} else {
		refuseForward(socket, port);
	}
}

type Command = {readonly namespace: string; readonly name: string; readonly command: readonly string[]};

/** Channels of remotecommand: 1 is standard output, 3 the status. */
function execute(world: World, {namespace, name, command}: Command, socket: WebSocket): void {
	const snapshot = worldSnapshot(world, Date.now());
	const node = snapshot.get('Pod', namespace, name)?.nodeName;
	const isKnown =
		node !== undefined && name.startsWith('kube-proxy') && command.join(' ') === 'iptables-save';
	if (isKnown) {
		socket.send(message(1, iptablesSave(snapshot, node)));
	}

	socket.send(
		message(
			3,
			JSON.stringify(
				isKnown
					? {metadata: {}, status: 'Success'}
					: {
							metadata: {},
							status: 'Failure',
							message: `exec: "${command[0]}": executable file not found in $PATH`,
						},
			),
		),
	);
	socket.close();
}

function message(channel: number, text: string): Buffer {
	return Buffer.concat([Buffer.from([channel]), Buffer.from(text)]);
}
