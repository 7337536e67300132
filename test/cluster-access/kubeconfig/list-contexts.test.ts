import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {listContexts} from '../../../source/cluster/kubeconfig/list-contexts.ts';
import {directoryOf} from '../../helpers/files.ts';

describe('listContexts', () => {
	it('gives the contexts by name, and says which is current', async () => {
		const directory = await directoryOf({
			config: `
contexts:
- {name: staging, context: {cluster: west, user: ci}}
- {name: production, context: {cluster: east, user: jane, namespace: shop}}
current-context: staging
`,
		});
		expect(await listContexts({kubeconfig: join(directory, 'config')})).toEqual([
			{name: 'production', cluster: 'east', user: 'jane', namespace: 'shop', current: false},
			{name: 'staging', cluster: 'west', user: 'ci', namespace: 'default', current: true},
		]);
	});

	it('is empty without a kubeconfig', async () => {
		expect(await listContexts({env: {HOME: await directoryOf({})}})).toEqual([]);
	});
});
