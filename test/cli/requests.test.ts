import {createServer, request as forward, type IncomingMessage} from 'node:http';
import {connect, type AddressInfo} from 'node:net';
import {onTestFinished, expect, test} from 'vitest';
import {commandTable} from '../../source/commands/command-table.ts';
import {serveWorld} from '../../source/demo/api-server.ts';
import {createSimulation} from '../../source/demo/simulation.ts';
import {directoryOf} from '../helpers/files.ts';
import {knetScreen} from './knet.ts';
import {waitFor} from '../helpers/wait-for.ts';
import {run} from './run.ts';

const ctrlC = '\u0003';

type Seen = {readonly method: string; readonly path: string; readonly accept: string};

/** The demo's API server behind a proxy that notes every request on the wire. */
async function startServer() {
	const {world, settle} = createSimulation();
	settle();
	const server = await serveWorld(world);
	const {port, hostname} = new URL(server.url);
	const seen: Seen[] = [];
	const note = ({method = '', url = '', headers}: IncomingMessage): void => {
		seen.push({method, path: url, accept: headers.accept ?? ''});
	};
	const proxy = createServer((incoming, answer) => {
		note(incoming);
		const {method, url: path, headers} = incoming;
		const outgoing = forward({host: hostname, port, method, path, headers}, (response) => {
			answer.writeHead(response.statusCode ?? 502, response.headers);
			response.pipe(answer);
			answer.on('close', () => response.destroy());
		});
		outgoing.on('error', () => answer.destroy());
		incoming.pipe(outgoing);
	});
	proxy.on('upgrade', (incoming, socket, head) => {
		note(incoming);
		const far = connect(Number(port), hostname, () => {
			const lines = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${String(value)}`);
			far.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
			far.write(head);
			socket.pipe(far).pipe(socket);
		});
		far.on('error', () => socket.destroy());
		socket.on('error', () => far.destroy());
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		proxy.closeAllConnections();
		proxy.close();
		await server.close();
	});
	return {url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, seen};
}

/** What a request does beyond reading objects. */
function isAction({method, path}: Seen): boolean {
	return method !== 'GET' || /\/(exec|attach|portforward|proxy|log)(\/|\?|$)/u.test(path);
}

/** Secrets are asked for by name only, never with their data. */
function readsSecrets({path, accept}: Seen): boolean {
	return /\/secrets(\/|\?|$)/u.test(path) && !accept.includes('as=PartialObjectMetadata');
}

/** How each command is asked, without a probe; those that never talk to a cluster are said to be so. */
const asked: Readonly<Record<keyof typeof commandTable, readonly string[] | 'no cluster' | 'own test'>> = {
	trace: ['trace', 'http://app.example.com/api'],
	scan: ['scan', '-A'],
	dns: ['dns', 'web.shop', '-n', 'shop'],
	compare: ['compare', 'http://app.example.com/api'],
	explain: 'no cluster',
	demo: 'no cluster',
	record: 'own test',
	snapshot: 'own test',
	replay: 'no cluster',
	rbac: 'no cluster',
	info: 'no cluster',
	completion: 'no cluster',
	mcp: 'own test',
	plugin: 'no cluster',
	version: ['version'],
	help: 'no cluster',
};

const plain = Object.values(asked).filter((args) => typeof args === 'object');

test.each(plain.map((args) => [args]))('%j only reads', async (args) => {
	const {url, seen} = await startServer();
	await run(args.concat('--server', url));
	expect(seen.filter(isAction)).toEqual([]);
	expect(seen.filter(readsSecrets)).toEqual([]);
});

test.each(['snapshot', 'record'])('%s only reads', async (command) => {
	const {url, seen} = await startServer();
	const directory = await directoryOf({});
	const screen = await knetScreen([command, `${directory}/out.jsonl`, '--server', url]);
	await waitFor(() => expect(seen.length).toBeGreaterThan(10));
	screen.type(ctrlC);
	await screen.ended;
	expect(seen.filter(isAction)).toEqual([]);
	expect(seen.filter(readsSecrets)).toEqual([]);
});

test('the explorer only reads, whatever is looked at', async () => {
	const {url, seen} = await startServer();
	const screen = await knetScreen(['-n', 'shop', '--server', url]);
	await screen.until('svc/web');
	screen.type('\r');
	await screen.until('Endpoints');
	for (const key of ['\u001B[C', '\u001B[C', '\u001B[C', 'i', '\u001B', '?', '\u001B']) {
		screen.type(key);
	}

	screen.type(ctrlC);
	await screen.ended;
	expect(seen.length).toBeGreaterThan(10);
	expect(seen.filter(isAction)).toEqual([]);
	expect(seen.filter(readsSecrets)).toEqual([]);
});

test.each([
	[['trace', 'svc/web', '-n', 'shop', '--probe']],
	[['trace', 'http://app.example.com/', '--probe']],
	[['dns', 'web.shop', '-n', 'shop', '--probe']],
])('%j sends what it announces, and nothing else', async (args) => {
	const {url, seen} = await startServer();
	const {stderr} = await run([...args, '--server', url]);
	const announced = stderr.split('\n').filter((line) => line.startsWith('- '));
	const countOf = (sent: RegExp): number => seen.filter(({path}) => sent.test(path)).length;
	expect(announced.length).toBeGreaterThan(0);
	expect(countOf(/\/exec\?/u)).toBe(announced.filter((line) => / run in pod /u.test(line)).length);
	expect(countOf(/\/(pods|services)\/[^/]+\/proxy/u)).toBe(
		announced.filter((line) => /, from the API server /u.test(line)).length,
	);
	expect(countOf(/\/portforward/u)).toBe(
		announced.filter((line) => / through a port-forward /u.test(line)).length,
	);
	const known = /\/(exec|portforward|proxy)/u;
	expect(seen.filter((each) => isAction(each) && !known.test(each.path))).toEqual([]);
});
