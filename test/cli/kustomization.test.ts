import {expect, test} from 'vitest';
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
