import {expect, test} from 'vitest';
import {writeFile} from 'node:fs/promises';
import {buffer} from 'node:stream/consumers';
import {pack} from 'tar-stream';
import {directoryOf} from '../helpers/files.ts';
import {run} from './run.ts';

test('one warning says that a kustomization beside manifests is not applied; the result is that of the manifests', async () => {
	const directory = await directoryOf({
		'kustomization.yaml': 'resources: [service.yaml]\npatches: [{path: patch.yaml}]\n',
		'service.yaml':
			'apiVersion: v1\nkind: Service\nmetadata: {name: web2}\nspec: {selector: {}, ports: [{port: 80}]}\n',
	});
	const [plain, beside] = await Promise.all([
		run(['scan', '-f', `${directory}/service.yaml`]),
		run(['scan', '-f', directory]),
	]);
	expect(beside).toEqual({
		...plain,
		stderr: `warning: ${directory}/kustomization.yaml is not applied. Give what it makes: kubectl kustomize ${directory} | knet scan -f -\n`,
	});
});

test('a kustomization in an archive: the warning gives no command, as kubectl reads no archive', async () => {
	const tar = pack();
	tar.entry({name: 'app/kustomization.yaml'}, 'resources: [service.yaml]\n');
	tar.entry(
		{name: 'app/service.yaml'},
		'apiVersion: v1\nkind: Service\nmetadata: {name: web2}\nspec: {selector: {}, ports: [{port: 80}]}\n',
	);
	tar.finalize();
	const file = `${await directoryOf({})}/app.tar`;
	await writeFile(file, await buffer(tar));
	const {stderr} = await run(['scan', '-f', file]);
	expect(stderr).toBe(
		`warning: ${file}/app/kustomization.yaml is not applied. Unpack the archive, and give what kubectl kustomize makes of it.\n`,
	);
});
