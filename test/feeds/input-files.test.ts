import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {buffer} from 'node:stream/consumers';
import {gzipSync} from 'node:zlib';
import {pack} from 'tar-stream';
import {expect, test} from 'vitest';
import {inputFiles, limits, type Limits} from '../../source/feeds/file/input-files.ts';
import {directoryOf} from '../helpers/files.ts';

const pod = '{"kind": "Pod"}';

async function tarOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
	const tar = pack();
	Object.entries(files).forEach(([name, content]) => tar.entry({name}, content));
	tar.finalize();
	return buffer(tar);
}

async function written(name: string, content: string | Buffer): Promise<string> {
	const file = join(await directoryOf({}), name);
	await writeFile(file, content);
	return file;
}

/** Names without the place where they were put. */
async function read(file: string, allowed?: Partial<Limits>): Promise<Readonly<Record<string, string>>> {
	const found: Record<string, string> = {};
	for await (const {name, text} of inputFiles(file, {...limits, ...allowed})) {
		found[name.slice(file.length)] = text;
	}

	return found;
}

const bundle = {
	'bundle/cluster-resources/pods/shop.json': pod,
	'bundle/namespaces/shop/core/services.yaml': 'kind: Service',
	'bundle/namespaces/shop/pods/web/logs/current.log': '{ no object',
};

test.each([
	['tar', (tar: Buffer) => tar],
	['tar.gz', (tar: Buffer) => gzipSync(tar)],
])('a bundle as %s is read without its logs', async (_, packed) => {
	expect(await read(await written('bundle', packed(await tarOf(bundle))))).toEqual({
		'/bundle/cluster-resources/pods/shop.json': pod,
		'/bundle/namespaces/shop/core/services.yaml': 'kind: Service',
	});
});

test('a file of its own is read whatever its name, also when it is zipped', async () => {
	expect(await read(await written('dump', gzipSync(pod)))).toEqual({'': pod});
	expect(await read(await written('dump.txt', pod))).toEqual({'': pod});
});

test('an archive within an archive is read', async () => {
	const inner = gzipSync(await tarOf({'pods.json': pod}));
	expect(await read(await written('outer', await tarOf({'inner.tar.gz': inner})))).toEqual({
		'/inner.tar.gz/pods.json': pod,
	});
});

test('a directory is read with all below it, in order', async () => {
	const directory = await directoryOf({'shop/deep/pods.json': pod, 'shop/notes.txt': 'no'});
	await writeFile(join(directory, 'nodes.json.gz'), gzipSync('kind: Node'));
	expect(Object.entries(await read(directory))).toEqual([
		['/nodes.json.gz', 'kind: Node'],
		['/shop/deep/pods.json', pod],
	]);
});

test.each([
	['more bytes than allowed', {unpacked: 1000}, gzipSync('x'.repeat(2000)), 'unpacks to more than 0 MiB.'],
	['a file larger than allowed', {file: 1000}, 'x'.repeat(2000), 'is larger than 0 MiB.'],
	[
		'archives in archives',
		{depth: 1},
		gzipSync(gzipSync(pod)),
		'holds archives in archives, more than 1 deep.',
	],
	[
		'gzip that was cut',
		{},
		gzipSync(pod.repeat(1000)).subarray(0, 40),
		'ends before the archive does: it was cut off.',
	],
] as const)('%s is refused in a sentence', async (_, allowed, content, sentence) => {
	const file = await written('dump', content);
	await expect(read(file, allowed)).rejects.toMatchObject({
		name: 'UserError',
		message: `${file} ${sentence}`,
	});
});

test('more files than allowed are refused in a sentence', async () => {
	const file = await written('dump', await tarOf(bundle));
	await expect(read(file, {files: 2})).rejects.toMatchObject({message: `${file} holds more than 2 files.`});
});

test('a tar that was cut is refused in a sentence', async () => {
	const whole = await tarOf({'pods.json': 'x'.repeat(5000)});
	const file = await written('dump', whole.subarray(0, 2000));
	await expect(read(file)).rejects.toMatchObject({name: 'UserError'});
});
