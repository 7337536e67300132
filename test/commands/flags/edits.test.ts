import {expect, test} from 'vitest';
import {typedEdits} from '../../../source/commands/flags/edits.ts';

test.each([
	'deploy/api=0',
	'deploy/api 0',
	'deploy/api to 0',
	'deploy/api --replicas=0',
	'deploy/api --replicas 0',
])('what-if scale %s is what it says', async (text) => {
	expect(await typedEdits(`scale ${text}`, 'shop')).toEqual([
		{type: 'scale', kind: 'Deployment', namespace: 'shop', name: 'api', replicas: 0},
	]);
});

test.each([
	['scale deploy/api', '--scale deploy/api is not KIND/NAME=N.'],
	['scale svc/api 2', '--scale svc/api=2 is not KIND/NAME=N.'],
	['without the policy', '--without the policy is not KIND/NAME.'],
])('what-if %s is no file: %s', async (text, message) => {
	await expect(typedEdits(text, 'shop')).rejects.toThrow(message);
});
