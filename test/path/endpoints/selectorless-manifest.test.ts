import {expect, test} from 'vitest';
import {walk} from '../../../source/path/walk/walk.ts';
import {parseTarget} from '../../../source/path/target-text.ts';
import {snapshotOfFile} from '../../helpers/snapshot.ts';

const service = (spec: string, meta = ''): string =>
	`apiVersion: v1\nkind: Service\nmetadata: {name: api${meta}}\nspec: {${spec}, ports: [{port: 80}]}\n`;
const other = `---\n${service('selector: {app: good}').replace('name: api', 'name: good')}`;
const pod =
	'---\napiVersion: v1\nkind: Pod\nmetadata: {name: good, labels: {app: good}}\nspec: {containers: [{name: a, image: a}]}\n';
const noSelector = 'KNET511 Service api has no selector, and the input holds no EndpointSlice for it.';
const noSlices = 'KNET904 The input holds no EndpointSlice objects, so this cannot be decided.';

test.each([
	['alone', service('selector: null'), noSelector],
	['beside a good one', service('selector: null') + other + pod, noSelector],
	['of a server', service('selector: null', ', uid: u'), noSlices],
])('a Service without a selector, %s, is told of where the input holds no slice', (_, yaml, text) => {
	const target = parseTarget('svc/api');
	if ('problem' in target) {
		throw new Error(target.problem);
	}

	const {verdict, paths} = walk(snapshotOfFile(yaml), {target: target.value});
	const findings = paths[0]?.hops.find(({kind}) => kind === 'endpoints')?.findings ?? [];
	expect([verdict, ...findings.map(({code, message}) => `${code} ${message}`)]).toEqual(['unknown', text]);
});
