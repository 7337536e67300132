import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {answerList} from './answer-list.ts';
import {answerWatch} from './answer-watch.ts';
import {discovery} from './discovery.ts';
import {parseRequest} from './parse-request.ts';
import {answerProxy, type ProxyReply} from './probes/answer-proxy.ts';
import {serveUpgrades} from './probes/serve-upgrade.ts';
import {worldSnapshot} from './probes/world-snapshot.ts';
import type {World} from './world.ts';

export type ApiServer = {
	/** `http://127.0.0.1:PORT` */
	readonly url: string;
	close(): Promise<void>;
};

/** The log that a path asks for; undefined where it asks for none, or the pod is not there. */
type LogOf = (path: string) => string | undefined;

/** A small API server on loopback: lists, watches and discovery over a simulated world, as a real one answers them. */
export async function serveWorld(world: World, logOf: LogOf = () => undefined): Promise<ApiServer> {
	const server = createServer((request, response) => {
		const log = logOf(new URL(request.url ?? '/', 'http://localhost').pathname);
		if (log === undefined) {
			answer(world, request, response);
		} else {
			response.writeHead(200, {'content-type': 'text/plain'}).end(log);
		}
	});
	const upgrades = serveUpgrades(server, world);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise((resolve) => {
				upgrades.close();
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function answer(world: World, request: IncomingMessage, response: ServerResponse): void {
	const url = new URL(request.url ?? '/', 'http://localhost');
	const fixed = fixedAnswer(url.pathname);
	if (fixed !== undefined) {
		sendJson(response, 200, fixed);
		return;
	}

	const proxied = url.pathname.includes('/proxy')
		? answerProxy(worldSnapshot(world, Date.now()), url.pathname)
		: undefined;
	if (proxied) {
		sendProxied(response, proxied);
		return;
	}

	const requested = parseRequest(url);
	if (!requested) {
		sendJson(response, 404, {
			kind: 'Status',
			apiVersion: 'v1',
			status: 'Failure',
			reason: 'NotFound',
			code: 404,
			message: 'the server could not find the requested resource',
		});
	} else if (requested.watch) {
		answerWatch(world, requested, response);
	} else {
		sendJson(response, ...answerList(world, requested));
	}
}

function sendProxied(response: ServerResponse, reply: ProxyReply): void {
	if ('message' in reply) {
		const {status: code, message} = reply;
		sendJson(response, code, {kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message});
	} else {
		response.writeHead(reply.status, {server: reply.server}).end();
	}
}

function fixedAnswer(path: string): unknown {
	switch (path) {
		case '/version':
			return {major: '1', minor: '35', gitVersion: 'v1.35.0+demo'};
		case '/livez':
		case '/readyz':
			return {status: 'ok'};
		case '/apis':
			return discovery;
		default:
			return undefined;
	}
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
}
