import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {pinWriter, readPins} from '../../source/config/remembered.ts';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'knet-pins-'));
});

afterEach(async () => {
	await rm(folder, {recursive: true});
});

const pin = (id: string) => ({id, title: id, namespace: 'shop', target: id});

test('pins that are set in quick succession are all kept, the last ones of a context', async () => {
	const file = join(folder, 'state.json');
	const write = pinWriter(file);
	await Promise.all([
		write('prod', [pin('svc/api:80')]),
		write('test', [pin('svc/web:80')]),
		write('prod', [pin('svc/api:80'), pin('svc/db:5432')]),
	]);
	expect(await readPins(file)).toEqual({
		prod: [pin('svc/api:80'), pin('svc/db:5432')],
		test: [pin('svc/web:80')],
	});
	expect(await readdir(folder)).toEqual(['state.json']);
});

test('a write that fails does not end those after it', async () => {
	const write = pinWriter(join(folder, '\u0000'));
	await expect(write('prod', [])).rejects.toThrow();
	await expect(write('prod', [])).rejects.toThrow();
});
