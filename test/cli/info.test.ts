import {readdir, readFile, readlink} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {directoryOf} from '../helpers/files.ts';
import {serve} from './api-server.ts';
import {knet, knetScreen} from './knet.ts';
import {refusal, run} from './run.ts';

const file = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n';

test('info says where knet keeps configuration, state and log', async () => {
	const home = await directoryOf({'.config/knet/config.yaml': 'theme: dark\n'});
	expect(await run(['info'], {HOME: home})).toMatchObject({
		code: 0,
		stdout: expect.stringContaining(
			`config  ${home}/.config/knet/config.yaml\n` +
				`state   ${home}/.local/state/knet/state.json (not there)\n` +
				`log     ${home}/.local/state/knet/knet.log (not there)\n`,
		),
	});
	const json = await run(['info', '-o', 'json'], {HOME: home, XDG_CONFIG_HOME: '/etc/ada'});
	expect(JSON.parse(json.stdout)).toMatchObject({config: '/etc/ada/knet/config.yaml (not there)'});
});

test('info schema prints what the configuration may hold', async () => {
	expect(JSON.parse((await run(['info', 'schema'])).stdout)).toMatchObject({
		properties: {theme: {enum: expect.arrayContaining(['colour-blind'])}},
	});
	expect(await run(['info', 'scheme'])).toEqual(
		refusal('knet info takes no scheme.', 'Write knet info, knet info schema or knet info notices.'),
	);
});

test('info notices is text, and comes with the bundle', async () => {
	expect(await run(['info', 'notices', '-o', 'json'])).toEqual(
		refusal('knet info notices prints text, not json.', 'Leave --output out.'),
	);
	expect((await knet(['info', 'notices'])).stdout).toMatch(/^ink \d+\.\d+\.\d+ \(MIT\)$/mu);
});

test('a configuration with a fault is told with its line, before anything is asked', async () => {
	const home = await directoryOf({'.config/knet/config.yaml': 'namespace: shop\ntheme: drak\n'});
	expect(await run(['scan'], {HOME: home})).toEqual(
		refusal(
			`${home}/.config/knet/config.yaml line 2: expected theme to be one of auto, dark, light, mono, colour-blind, not drak.`,
			'knet info schema prints what the file may hold.',
		),
	);
});

test('a configuration has no say over files', async () => {
	const home = await directoryOf({
		'.config/knet/config.yaml': 'namespace: shop\nfrom: pod/shop/db-0\n',
		'web.yaml': file,
	});
	const scanned = await run(['scan', '-f', join(home, 'web.yaml')], {HOME: home});
	expect(scanned.stdout).toContain('svc/web:80  KNET511');
});

test('record overwrites no file unless told so', async () => {
	const home = await directoryOf({'old.knetrec': 'mine'});
	const old = join(home, 'old.knetrec');
	expect(await run(['record', old], {HOME: home})).toEqual(
		refusal(`${old} exists already.`, 'Give another name, or --force to overwrite it.'),
	);
	expect(await readFile(old, 'utf8')).toBe('mine');
	const none = join(home, 'none');
	const unreachable = await run(['record', old, '--force', '--kubeconfig', none], {HOME: home});
	expect(unreachable.stderr).toContain(none);
	expect(await readFile(old, 'utf8')).toBe('mine');
	expect(await openFiles()).not.toContain(old);
});

test('record says that the cluster cannot be reached, and whose namespace a replay looks at', async () => {
	const home = await directoryOf({});
	const file = join(home, 'a.knetrec');
	const screen = await knetScreen(['record', file, '-n', 'shop', '--server', 'http://127.0.0.1:1'], {
		columns: 200,
	});
	await screen.until((text) => text.includes('nothing listens there. It is tried again until ctrl-c.'));
	screen.type('\u0003');
	await screen.ended;
	expect(JSON.parse((await readFile(file, 'utf8')).split('\n')[0] ?? '')).toMatchObject({
		metadata: {namespace: 'shop'},
	});
});

test.each([
	['that nothing may be read', 0],
	['a later reason too', 40],
])('record says %s', async (_, cutOff) => {
	let asked = 0;
	const server = await serve((__, response) => {
		if (asked++ < cutOff) {
			response.destroy();
			return;
		}

		response.writeHead(403, {'content-type': 'application/json'});
		response.end(
			JSON.stringify({kind: 'Status', reason: 'Forbidden', message: 'nora may list nothing', code: 403}),
		);
	});
	const screen = await knetScreen(['record', join(await directoryOf({}), 'a.knetrec'), '-s', server], {
		columns: 200,
	});
	await screen.until((text) => text.includes('nora may list nothing. It is tried again until ctrl-c.'));
	screen.type('\u0003');
	expect(await screen.ended).toBe(0);
});

/** Files that this process holds open, where the system tells. */
async function openFiles(): Promise<readonly string[]> {
	const descriptors = '/proc/self/fd';
	const names = await readdir(descriptors).catch(() => []);
	return Promise.all(names.map((name) => readlink(join(descriptors, name)).catch(() => '')));
}
