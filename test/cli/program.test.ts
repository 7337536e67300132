import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {directoryOf} from '../helpers/files.ts';
import type {Screen} from '../helpers/screen.ts';
import {waitFor} from '../helpers/wait-for.ts';
import {knet, knetScreen} from './knet.ts';
import {refusal, run} from './run.ts';

const grounds = fileURLToPath(new URL('../data-sources/', import.meta.url));
const scenarios = fileURLToPath(new URL('../scenarios/', import.meta.url));
const web = ['trace', 'svc/web:80', '-n', 'shop'];

/** The objects of a scenario and of the cluster it stands in. */
function filesOf(scenario: string): readonly string[] {
	return [`${grounds}cluster.yaml`, `${scenarios}${scenario}/cluster.yaml`];
}

function args(files: readonly string[]): readonly string[] {
	return files.flatMap((file) => ['-f', file]);
}

test.each([
	['service-works', 0],
	['no-ready-endpoints', 1],
	['other-proxy-owns-service', 2],
])('the process prints what the command prints, and ends with its code: %s', async (scenario, code) => {
	const question = [...web, ...args(filesOf(scenario))];
	const result = await knet(question);
	expect(result).toEqual(await run(question));
	expect(result.code).toBe(code);
});

test('what is refused goes to stderr', async () => {
	expect(await knet(['scna'])).toEqual(refusal('There is no command scna.', 'Did you mean knet scan?'));
});

test('no kubeconfig: one sentence, and the way to the demo', async () => {
	const result = await knet(['scan']);
	expect(result).toMatchObject({code: 2, stdout: ''});
	expect(result.stderr).toMatch(/^error: no cluster: looked for \S+\/\.kube\/config .*\n.*knet demo\n$/u);
	expect(await knet([])).toEqual(result);
});

test('help names knet as it was called', async () => {
	expect((await knet(['--help'])).stdout).toContain('  knet trace TARGET ');
	const plugin = await knet(['--help'], {name: 'kubectl-knet'});
	expect(plugin.stdout).toContain('  kubectl knet trace TARGET ');
	expect(plugin.stdout).not.toMatch(/^ {2}knet/mu);
	const refused = await knet(['scna'], {name: 'kubectl-knet'});
	expect(refused.stderr).toBe('error: There is no command scna.\nDid you mean kubectl knet scan?\n');
});

test('kubectl knet names itself in reports and in the plugin file of k9s', async () => {
	const files = args(filesOf('no-ready-endpoints'));
	const {stdout} = await knet([...web, ...files], {name: 'kubectl-knet'});
	expect(stdout).toContain('(KNET702, kubectl knet explain KNET702)');
	expect(stdout).not.toMatch(/(?<!kubectl )\bknet explain/u);
	const {stdout: plugins} = await knet(['plugin', 'k9s'], {name: 'kubectl-knet'});
	expect(plugins).toContain('# kubectl knet plugin k9s > ');
	expect(plugins).toContain('    command: kubectl-knet\n');
});

test('standard input is read like a file', async () => {
	const files = filesOf('no-ready-endpoints');
	const input = files.map((file) => readFileSync(file, 'utf8')).join('\n---\n');
	expect(await knet([...web, '-f', '-'], {input})).toEqual(await run([...web, ...args(files)]));
});

test('a reader that has seen enough is no error', async () => {
	expect(await knet(['explain'], {closeEarly: true})).toMatchObject({stderr: '', code: 0});
});

test('the environment of the process asks for colour', async () => {
	const question = [...web, ...args(filesOf('no-ready-endpoints'))];
	const {stdout} = await knet(question, {env: {FORCE_COLOR: '1'}});
	expect(stdout).toContain('\u001B[');
});

test('without a terminal the demo prints a scan and a broken trace, and ends well', async () => {
	const result = await knet(['demo']);
	expect(result).toMatchObject({code: 0, stderr: ''});
	expect(result.stdout).toContain('traffic stops here');
	expect(result.stdout).toMatch(/^\d+ paths: /mu);
});

test('the explorer of kubectl knet names it in what it shows and copies', async () => {
	const directory = await directoryOf({
		'web.yaml': `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.96.4.2, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`,
	});
	const screen = await knetScreen(['svc/web:80', '-n', 'shop', '-f', `${directory}/web.yaml`], {
		name: 'kubectl-knet',
		columns: 140,
		rows: 40,
	});
	await screen.until('Write the file with kubectl knet snapshot FILE');
	screen.type('C');
	await waitFor(() => expect(copiedBy(screen)).toContain('`kubectl knet trace svc/web:80 -n shop`'));
	expect(copiedBy(screen)).not.toMatch(/(?<!kubectl )\bknet (?:trace|snapshot)/u);
});

/** The last text that was sent to the clipboard of the terminal. */
function copiedBy(screen: Screen): string {
	// eslint-disable-next-line no-control-regex
	const sent = [...screen.output().matchAll(/\u001B\]52;c;(?<text>[^\u0007\u001B]*)/gu)].at(-1);
	return Buffer.from(sent?.groups?.['text'] ?? '', 'base64').toString();
}
