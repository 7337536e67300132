import {expect, test} from 'vitest';
import {mayMatchSelector} from '../../../source/model/matching/label-selector.ts';

const known = {app: 'web', tier: 'front'};

test.each([
	[{}, [], true],
	[{app: 'web'}, [], true],
	[{app: 'api'}, [], false],
	[{release: 'canary'}, [], true],
	[{}, [{key: 'app', operator: 'In', values: ['api', 'db']}], false],
	[{}, [{key: 'release', operator: 'In', values: ['canary']}], true],
	[{}, [{key: 'tier', operator: 'NotIn', values: ['front']}], false],
	[{}, [{key: 'tier', operator: 'DoesNotExist', values: []}], false],
	[{}, [{key: 'release', operator: 'DoesNotExist', values: []}], true],
	[{}, [{key: 'release', operator: 'Exists', values: []}], true],
] as const)(
	'matchLabels %j and matchExpressions %j may match a pod with app=web and tier=front: %s',
	(matchLabels, matchExpressions, may) => {
		expect(mayMatchSelector({matchLabels, matchExpressions}, known)).toBe(may);
	},
);
