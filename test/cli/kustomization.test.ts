import {expect, test} from 'vitest';
import {writeFile} from 'node:fs/promises';
import {buffer} from 'node:stream/consumers';
import {pack} from 'tar-stream';
import {directoryOf} from '../helpers/files.ts';
import {run} from './run.ts';

test('a kustomization beside manifests is told not to be applied, once, and counts for nothing', async () => {
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

test('of one in an archive no command is named that reads none', async () => {
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
