import {readFileSync} from 'node:fs';
import {Client} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import {beforeAll, afterAll, expect, onTestFinished, test} from 'vitest';
import {systemClock} from '../../source/clock.ts';
import {connect} from '../../source/cluster/connect.ts';
import {createObjectReader} from '../../source/cluster/object-reader.ts';
import {commandTable} from '../../source/commands/command-table.ts';
import {objectTextOf} from '../../source/commands/objects/object-text.ts';
import {servedKinds} from '../../source/demo/parse-request.ts';
import {serveWorld, type ApiServer} from '../../source/demo/api-server.ts';
import {createSimulation} from '../../source/demo/simulation.ts';
import type {World, WorldObject} from '../../source/demo/world.ts';
import {record, type Wire} from '../../source/projection/wire.ts';
import {directoryOf} from '../helpers/files.ts';
import {knetOnPath, knetScreen} from './knet.ts';
import {run} from './run.ts';

/** What begins every secret of this cluster and of this user. It may be nowhere that knet writes to. */
const mark = 'c4n4ry';
let seeds = 0;
const secret = (): string => `${mark}${++seeds}`;

const encoded = (text: string): string => Buffer.from(text).toString('base64');

let server: ApiServer | undefined;
let cluster: World | undefined;

beforeAll(async () => {
	const {world, settle} = createSimulation();
	seed(world);
	settle();
	// What has a URL, a header or an annotation of its own is seeded once the controllers are done.
	seed(world);
	cluster = world;
	server = await serveWorld(world);
});

afterAll(async () => server?.close());

function seed(world: World): void {
	for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
		world.list(kind).forEach((object) => world.put(withSecretsInTemplate(object)));
	}

	for (const kind of ['Pod', 'Service', 'Ingress', 'Node', 'EndpointSlice', 'Namespace']) {
		world.list(kind).forEach((object) => world.put(withSecretAnnotations(object)));
	}

	world.edit('ConfigMap', 'kube-system/coredns', withCorefile);
	for (const [name, type] of [
		['tls', 'kubernetes.io/tls'],
		['plain', 'Opaque'],
	] as const) {
		const data = {
			password: encoded(secret()),
			'tls.key': secret(),
			'tls.crt': secret(),
		};
		world.put({
			apiVersion: 'v1',
			kind: 'Secret',
			type,
			metadata: {
				namespace: 'shop',
				name,
				annotations: {'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({data})},
			},
			data,
			stringData: {token: secret()},
		});
	}
}

function withSecretAnnotations(object: WorldObject): Wire {
	const {metadata} = object;
	const annotations = {
		...record(metadata['annotations']),
		'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({password: secret()}),
		'nginx.ingress.kubernetes.io/configuration-snippet': `proxy_set_header Authorization "Basic ${secret()}";`,
		'nginx.ingress.kubernetes.io/auth-url': `https://nora:${secret()}@auth.example.com/?token=${secret()}`,
		'vault.hashicorp.com/agent-inject-token': secret(),
	};
	return {...object, metadata: {...metadata, annotations}};
}

function withSecretsInTemplate(object: WorldObject): Wire {
	const spec = record(object['spec']);
	const template = record(spec['template']);
	const podSpec = record(template['spec']);
	const containers = (podSpec['containers'] as readonly Wire[]).map(withSecretsInContainer);
	return {...object, spec: {...spec, template: {...template, spec: {...podSpec, containers}}}};
}

function withSecretsInContainer(container: Wire): Wire {
	const args = (container['args'] as readonly string[] | undefined) ?? [];
	const probe = {
		httpGet: {
			path: `/healthz?token=${secret()}`,
			port: 8080,
			httpHeaders: [{name: 'Cookie', value: `session=${secret()}`}],
		},
	};
	return {
		...container,
		args: args.some((word) => word.includes(mark))
			? args
			: [
					...args,
					'--password',
					secret(),
					`-p${secret()}`,
					`--api-key=${secret()}`,
					`--header=Authorization: Bearer ${secret()}`,
					`postgres://nora:${secret()}@db/shop`,
					`PASSWORD=${secret()}`,
				],
		env: [
			{name: 'PASSWORD', value: secret()},
			{name: 'DATABASE_URL', value: `postgres://nora:${secret()}@db/shop`},
			{name: 'HTTP_PROXY', value: `http://nora:${secret()}@proxy:3128`},
		],
		readinessProbe: probe,
		livenessProbe: probe,
	};
}

function withCorefile(object: WorldObject): Wire {
	const data = record(object['data']);
	const more = `    tsig {\n        secret key. ${secret()}\n    }\n`;
	return {
		...object,
		data: {...data, Corefile: String(data['Corefile']).replace('    errors\n', `    errors\n${more}`)},
	};
}

/** A user with every kind of credential; the token is sent nowhere, since the server speaks plain HTTP. */
async function kubeconfig(url: string): Promise<string> {
	const directory = await directoryOf({
		config: JSON.stringify({
			'current-context': 'prod',
			contexts: [{name: 'prod', context: {cluster: 'prod', user: 'nora', namespace: 'shop'}}],
			clusters: [{name: 'prod', cluster: {server: url}}],
			users: [
				{name: 'nora', user: {token: secret()}},
				{name: 'basic', user: {username: 'nora', password: secret()}},
				{
					name: 'key',
					user: {'client-key-data': encoded(secret()), 'client-certificate-data': encoded(secret())},
				},
				{
					name: 'plugin',
					user: {
						exec: {
							apiVersion: 'client.authentication.k8s.io/v1',
							command: 'sh',
							args: ['-c', `echo ${secret()}; echo ${secret()} >&2; exit 1`],
							env: [{name: 'PASSWORD', value: secret()}],
							interactiveMode: 'Never',
						},
					},
				},
				{
					name: 'old',
					user: {'auth-provider': {name: 'oidc', config: {'client-secret': secret(), 'id-token': secret()}}},
				},
			],
		}),
	});
	return `${directory}/config`;
}

const request = [
	'--header',
	`Authorization: Bearer ${mark}-header`,
	'--header',
	`Cookie: session=${mark}-cookie`,
	'--query',
	`token=${mark}-query`,
];

function outputsOf(command: 'trace' | 'scan' | 'dns' | 'compare'): readonly string[] {
	return (commandTable[command].outputs ?? []).map((output) =>
		output === 'jsonpath' ? 'jsonpath={.paths[*].hops}' : output,
	);
}

const questions: ReadonlyArray<readonly string[]> = [
	...outputsOf('scan').map((output) => ['scan', '-A', '-o', output]),
	// With what was asked; without it a trace prints the same, and less.
	...outputsOf('trace').flatMap((output) => [
		['trace', 'http://app.example.com/api', ...request, '-o', output],
		['trace', 'svc/api', '-o', output],
	]),
	...outputsOf('dns').map((output) => ['dns', 'web.shop', '-o', output]),
	['trace', 'svc/api', '--matrix'],
	['compare', 'http://app.example.com/api'],
];

test.each(questions.map((args) => [args]))('%j prints no secret', async (args) => {
	const config = await kubeconfig(server!.url);
	const {stdout, stderr} = await run([...args, '--kubeconfig', config], {KNET_DEBUG: '1'});
	expect(stderr).not.toContain('error:');
	expect(`${stdout}${stderr}`).not.toContain(mark);
});

test.each([
	['--user', 'basic'],
	['--user', 'key'],
	['--user', 'plugin'],
	['--user', 'old'],
	['--user', 'nobody'],
	['--token', `${mark}-flag`, '--server', 'http://127.0.0.1:1'],
	['--server', `http://nora:${mark}-server@127.0.0.1:1/?token=${mark}-server`],
	['--server', `ftp://nora:${mark}-server@127.0.0.1`],
	['--context', 'nobody'],
])('an error of %s %s holds no secret', async (...flags) => {
	const config = await kubeconfig(server!.url);
	const args = ['scan', '--kubeconfig', config, '--request-timeout', '2s', ...flags];
	const {stdout, stderr} = await run(args, {KNET_DEBUG: '1'});
	expect(`${stdout}${stderr}`).not.toContain(mark);
});

test('a URL with a password is refused without it', async () => {
	const {stderr, code} = await run(['trace', `http://nora:${mark}-user@app.example.com/?token=${mark}-url`]);
	expect(code).toBe(2);
	expect(stderr).not.toContain(mark);
});

test('files that cannot be read are not quoted', async () => {
	const directory = await directoryOf({
		'broken.yaml': `kind: Secret\ndata: {password: ${mark}-a, [\n`,
		'broken.json': `{"kind": "Secret", "data": {"password": "${mark}-b", }`,
		config: `users: [{name: a, user: {token: ${mark}-c}]\n`,
	});
	for (const args of [
		['scan', '-f', `${directory}/broken.yaml`],
		['scan', '-f', `${directory}/broken.json`],
		['scan', '--kubeconfig', `${directory}/config`],
	]) {
		const {stdout, stderr, code} = await run(args, {KNET_DEBUG: '1'});
		expect(code).toBe(2);
		expect(`${stdout}${stderr}`).not.toContain(mark);
	}
});

test.each(['record', 'snapshot'])('%s writes no secret, and neither does who reads it', async (command) => {
	const directory = await directoryOf({});
	const file = `${directory}/out.${command === 'record' ? 'jsonl' : 'json'}`;
	const config = await kubeconfig(server!.url);
	const screen = await knetScreen([command, file, '--kubeconfig', config]);
	if (command === 'record') {
		await screen.until((text) => text.includes('ctrl-c ends it'));
		await expect.poll(() => readFileSync(file, 'utf8')).toContain('coredns');
		screen.type('\u0003');
	}

	await screen.ended;
	expect(screen.output()).not.toContain(mark);
	const written = readFileSync(file, 'utf8');
	expect(written).toContain('coredns');
	expect(written).not.toContain(mark);
	const {stdout} = await run(['scan', '-A', '-f', file, '-o', 'json']);
	expect(stdout).not.toContain(mark);
});

test('the explorer shows no secret, whatever is opened', async () => {
	const config = await kubeconfig(server!.url);
	const screen = await knetScreen(['-n', 'shop', '--kubeconfig', config], {
		columns: 200,
		rows: 60,
		env: {KNET_DEBUG: '1'},
	});
	await screen.until('svc/web');
	const [escape, right, down, enter] = ['\u001B', '\u001B[C', '\u001B[B', '\r'];
	for (const key of [
		enter,
		...Array<string>(9).fill(right),
		'y',
		down,
		'Y',
		escape,
		...['i', 'e', 'l', 'u', 'w', '?'].flatMap((key) => [key, escape]),
	]) {
		screen.type(key);
		await new Promise((resolve) => setTimeout(resolve, 60));
	}

	screen.type('\u0003');
	await screen.ended;
	expect(screen.output()).not.toContain(mark);
});

test('what is shown of an object holds no secret, whichever object it is', async () => {
	const connection = await connect({server: server!.url, env: {}});
	onTestFinished(() => connection.close());
	const read = objectTextOf(createObjectReader(connection, systemClock));
	let hiding = 0;
	for (const kind of servedKinds) {
		for (const {metadata} of cluster!.list(kind)) {
			const ref = {kind, namespace: metadata.namespace, name: metadata.name};
			for (const what of ['yaml', 'describe'] as const) {
				const {lines} = await read({what, ref, fields: []});
				expect(lines.join('\n'), `${kind}/${metadata.name}`).not.toContain(mark);
				hiding += lines.some((line) => line.includes('(hidden)')) ? 1 : 0;
			}
		}
	}

	expect(hiding).toBeGreaterThan(20);
});

test('a program that falls prints no secret', async () => {
	const config = await kubeconfig(server!.url);
	const directory = await directoryOf({
		'fall.cjs': `setTimeout(() => { throw new Error('fell on purpose'); }, 3000);`,
	});
	const screen = await knetScreen(['-A', '--kubeconfig', config, '--token', `${mark}-flag`], {
		env: {
			NODE_OPTIONS: `--require ${directory}/fall.cjs`,
			KNET_DEBUG: '1',
			PASSWORD: `${mark}-env`,
		},
	});
	await screen.ended;
	expect(screen.output()).toContain('fell on purpose');
	expect(screen.output()).not.toContain(mark);
});

test('knet mcp answers with no secret', async () => {
	const bin = await knetOnPath();
	const client = new Client({name: 'test', version: '1.0.0'});
	const config = await kubeconfig(server!.url);
	await client.connect(
		new StdioClientTransport({
			command: `${bin}/knet`,
			args: ['mcp', '--kubeconfig', config],
			env: {PATH: bin, HOME: bin, KNET_DEBUG: '1'},
			stderr: 'pipe',
		}),
	);
	onTestFinished(() => client.close());
	const calls: ReadonlyArray<readonly [string, Record<string, unknown>]> = [
		['scan', {allNamespaces: true}],
		['trace', {target: 'http://app.example.com/api'}],
		['trace', {target: 'svc/api', namespace: 'shop'}],
		['trace', {target: `http://nora:${mark}-user@app.example.com/`}],
		['dns', {name: 'web.shop'}],
		['changes', {}],
		['explain', {code: 'KNET503'}],
	];
	for (const [name, given] of calls) {
		const answer = await client.callTool({name, arguments: given}).catch(String);
		expect(JSON.stringify(answer)).not.toContain(mark);
	}
});
