import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {schemaErrors} from '../helpers/schema.ts';
import {refusal, run} from './run.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The objects of a scenario and of the cluster it stands in, as arguments. */
function filesOf(scenario: string): readonly string[] {
	return ['-f', here('../data-sources/cluster.yaml'), '-f', here(`../scenarios/${scenario}/cluster.yaml`)];
}

const web = ['trace', 'svc/web:80', '-n', 'shop', '--matrix'];

test('one target from each node and from a pod of each workload', async () => {
	const {code, stdout} = await run([...web, ...filesOf('service-works')]);
	expect(code).toBe(0);
	expect(stdout).toBe(`svc/web:80
from            DNS  svc  ep   proxy  policy  pod  verdict
node node-a     ·    ✓    ✓    ✓      ✓       ✓    ok
node node-b     ·    ✓    ✓    ✓      ✓       ✓    ok
node node-c     ·    ✓    ✓    ✓      ✓       ✓    ok
pod shop/web-a  ✓    ✓    ✓    ✓      ✓       ✓    ok
`);
});

test('the same as JSON, which fits the schema, with a row for --from', async () => {
	const args = [...web, ...filesOf('no-ready-endpoints'), '--from', 'pod/client', '-o', 'json'];
	const {code, stdout} = await run(args);
	const report = JSON.parse(stdout);
	expect(schemaErrors(report)).toEqual([]);
	expect([code, report.kind, report.verdict]).toEqual([1, 'Matrix', 'broken']);
	expect(report.rows.map(({from}: {from: {name?: string}}) => from.name)).toEqual([
		'node-a',
		'node-b',
		'node-c',
		'client',
	]);
});

test.each([
	[['--watch'], '--matrix does not go with --watch.', 'Leave one of them out.'],
	[
		['-o', 'junit', ...filesOf('service-works')],
		'-o junit prints paths, and --matrix has none.',
		'Print it with -o json, or leave --matrix out.',
	],
	[['--drain', 'node-a'], '--matrix does not go with --drain.', 'Leave one of them out.'],
])('%j is refused', async (args, sentence, next) => {
	expect(await run([...web, ...args])).toEqual(refusal(sentence, next));
});

test('a target that there is not is told as without --matrix', async () => {
	const files = filesOf('service-works');
	const missing = await run(['trace', 'svc/none', '-n', 'shop', '--matrix', ...files]);
	expect(missing).toEqual(await run(['trace', 'svc/none', '-n', 'shop', ...files]));
});

test('a file without nodes and pods has no place to look from', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'knet-matrix-'));
	const file = join(folder, 'service.yaml');
	await writeFile(
		file,
		'{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80}]}}',
	);
	expect(await run([...web, '-f', file])).toEqual(
		refusal('There is no node and no ready pod to look from.', 'Name a place with --from.'),
	);
	await rm(folder, {recursive: true});
});
