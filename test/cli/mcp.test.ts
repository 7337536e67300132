import {writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {Client} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {createChanges} from '../../source/commands/mcp/changes.ts';
import {startDemo, type Demo} from '../../source/demo/start-demo.ts';
import {directoryOf} from '../helpers/files.ts';
import {schemaErrors} from '../helpers/schema.ts';
import {knet, knetOnPath} from './knet.ts';

let demo: Demo | undefined;

beforeAll(async () => {
	demo = await startDemo({live: false, scenario: 'not-ready'});
});

afterAll(async () => demo?.stop());

/** The SDK's own client, and the server as a client starts it. */
async function connected(...flags: readonly string[]): Promise<Client> {
	const bin = await knetOnPath();
	const client = new Client({name: 'test', version: '1.0.0'});
	await client.connect(
		new StdioClientTransport({
			command: `${bin}/knet`,
			args: ['mcp', ...flags],
			env: {PATH: bin, HOME: bin},
			stderr: 'pipe',
		}),
	);
	onTestFinished(() => client.close());
	return client;
}

async function call(client: Client, name: string, given: Record<string, unknown>) {
	const {content, isError} = await client.callTool({name, arguments: given});
	const [first] = content as readonly {readonly type: string; readonly text: string}[];
	return {text: first?.text ?? '', isError: isError === true};
}

/** A token of a language model is no shorter than this in such text. */
const lettersPerToken = 3.25;

test('the tools only read, and none sends requests unless the server may', async () => {
	const {tools} = await (await connected('-s', demo!.url)).listTools();
	expect(tools.map(({name}) => name).toSorted()).toEqual(['changes', 'dns', 'explain', 'scan', 'trace']);
	expect(tools.every(({annotations}) => annotations?.readOnlyHint === true)).toBe(true);
	expect(JSON.stringify(tools)).not.toContain('"probe"');
	const {tools: probing} = await (await connected('-s', demo!.url, '--allow-probes')).listTools();
	const able = probing.filter(({inputSchema}) => 'probe' in (inputSchema.properties ?? {}));
	expect(able.map(({name}) => name).toSorted()).toEqual(['dns', 'trace']);
});

test('questions of an engineer are answered in less than 400 tokens each', async () => {
	const client = await connected('-s', demo!.url, '-n', 'shop');
	const questions: readonly (readonly [tool: string, given: Record<string, unknown>, says: RegExp])[] = [
		['scan', {}, /^\d+ paths, broken: /u],
		['scan', {allNamespaces: true}, /broken \S+, \S+: KNET/u],
		['scan', {selector: 'app=nothing'}, /^No Ingress, route or Service was found: no path was judged\.$/mu],
		['trace', {target: 'http://app.example.com/api'}, /broken at Endpoints; the client sees 503/u],
		['trace', {target: 'svc/api:80'}, /cause: KNET702 /u],
		['trace', {target: 'svc/web:80'}, /svc\/web:80: ok/u],
		['trace', {target: 'ing/shop/site'}, /KNET/u],
		['dns', {name: 'web.shop'}, /answer: web\.shop\.svc\.cluster\.local/u],
		['dns', {name: 'nothing.shop'}, /nothing\.shop: unknown\n[^]*KNET127/u],
		['explain', {code: 'KNET503'}, /^KNET503 no-ready-endpoints \(error\)/u],
		['changes', {}, /^Watching from now on/u],
	];
	for (const [tool, given, says] of questions) {
		const {text, isError} = await call(client, tool, given);
		expect(text).toMatch(says);
		expect(isError).toBe(false);
		expect(text.length / lettersPerToken).toBeLessThan(400);
	}
});

test('what was asked is answered though stdin has ended, as in a pipe', async () => {
	const lines = [
		{
			id: 1,
			method: 'initialize',
			params: {
				protocolVersion: '2025-06-18',
				capabilities: {},
				clientInfo: {name: 'test', version: '1.0.0'},
			},
		},
		{method: 'notifications/initialized'},
		{id: 2, method: 'tools/call', params: {name: 'scan', arguments: {allNamespaces: true}}},
		{id: 3, method: 'tools/call', params: {name: 'explain', arguments: {code: 'KNET503'}}},
		{id: 4, method: 'tools/call', params: {name: 'trace', arguments: {target: 'svc/api:80'}}},
		{method: 'notifications/cancelled', params: {requestId: 4}},
	];
	const input = lines.map((line) => `${JSON.stringify({jsonrpc: '2.0', ...line})}\n`).join('');
	const {stdout, code} = await knet(['mcp', '-s', demo!.url, '-n', 'shop'], {input});
	const answers = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as {readonly id: number; readonly result: unknown});
	expect(answers.map(({id}) => id).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
	expect(JSON.stringify(answers.find(({id}) => id === 2))).toContain('paths, broken: ');
	expect(code).toBe(0);
});

test('the whole report is there on request', async () => {
	const client = await connected('-s', demo!.url, '-n', 'shop');
	const {text} = await call(client, 'trace', {target: 'svc/api:80', full: true});
	expect(schemaErrors(JSON.parse(text))).toEqual([]);
	expect((await call(client, 'explain', {code: '503', full: true})).text).toContain('"code":"KNET503"');
});

test('bad input is an error of the tool, in one sentence, and no flag of knet', async () => {
	const manifests = fileURLToPath(new URL('../fixtures/manifests', import.meta.url));
	const client = await connected('-f', manifests);
	expect(await call(client, 'trace', {target: 'svc/nothing', namespace: 'shop'})).toEqual({
		text: 'error: There is no Service nothing in namespace shop.\nThere are: api, api-metrics, web.',
		isError: true,
	});
	for (const target of ['--server=http://127.0.0.1:1', '--help', '-w']) {
		const {text, isError} = await call(client, 'trace', {target});
		expect([isError, text]).toEqual([true, expect.stringMatching(/^error: /u)]);
	}

	expect((await call(client, 'scan', {})).text).toMatch(/^5 paths, broken: 3 broken, 2 unknown\n/u);
});

test('changes are watched once the cluster is found, though the first question did not find it', async () => {
	const config = `${await directoryOf({})}/config`;
	const changes = createChanges({kubeconfig: config});
	onTestFinished(() => changes.close());
	await expect(changes.tell(false)).rejects.toThrow('no such file');
	await writeFile(
		config,
		`clusters: [{name: c, cluster: {server: "${demo!.url}"}}]
contexts: [{name: x, context: {cluster: c, user: "", namespace: shop}}]
current-context: x
`,
	);
	expect(await changes.tell(false)).toContain('Watching from now on');
});
