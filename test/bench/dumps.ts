import {Buffer} from 'node:buffer';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {dump} from 'js-yaml';
import type {Wire} from '../../source/projection/wire.ts';
import type {Line} from './figures.ts';
import {mbOf, median, msOf, runProgram, type Run} from './measure.ts';
import {createBulks} from './server/bulk.ts';

const pods = 5000;

/** The same 5,000 pods and their Services as YAML and as JSON. */
export async function dumpLines(runs: number, env: NodeJS.ProcessEnv): Promise<readonly Line[]> {
	const folder = await mkdtemp(join(tmpdir(), 'knet-bench-'));
	const list = {apiVersion: 'v1', kind: 'List', items: objects()};
	const [json, yaml] = [join(folder, 'dump.json'), join(folder, 'dump.yaml')];
	await writeFile(json, JSON.stringify(list, null, 2));
	await writeFile(yaml, asKubectl(list.items));
	const scan = (file: string) =>
		median(
			runs,
			() =>
				runProgram(process.execPath, ['dist/cli.js', 'scan', '-A', '--fail-on', 'never', '-f', file], env),
			rowsOf,
		);
	const [ofJson, ofYaml] = [await scan(json), await scan(yaml)];
	await rm(folder, {recursive: true});
	return [
		{
			name: `scan -f of ${pods} pods in YAML`,
			goal: 3,
			unit: 'ms',
			value: msOf(ofYaml),
			of: msOf(ofJson),
			ofName: 'in JSON',
		},
		{
			name: `scan -f of ${pods} pods in YAML, memory`,
			goal: 2,
			unit: 'MB',
			value: mbOf(ofYaml),
			of: mbOf(ofJson),
			ofName: 'in JSON',
		},
	];
}

/** Items are not indented. */
function asKubectl(items: readonly Wire[]): string {
	const texts = items.map((item) => `- ${dump(item).trimEnd().replaceAll('\n', '\n  ')}\n`);
	return `apiVersion: v1\nitems:\n${texts.join('')}kind: List\n`;
}

function rowsOf({stdout}: Run): string | undefined {
	const rows = stdout.split('\n').filter((line) => line.includes('svc/app-')).length;
	return rows === Math.ceil(pods / 15) ? undefined : `it printed ${rows} rows`;
}

function objects(): readonly Wire[] {
	return ['Namespace', 'Node', 'Service', 'EndpointSlice', 'Pod'].flatMap((kind) => {
		const bulk = createBulks(pods).get(kind);
		return Array.from({length: bulk?.count ?? 0}, (_, index) => {
			const stamp = bulk?.formsOf(index).items.json;
			const bytes = Buffer.alloc(stamp?.size ?? 0);
			stamp?.print(bytes, 0, {...bulk?.values(index), v: 100_000_000});
			return {kind, apiVersion: bulk?.apiVersion, ...(JSON.parse(bytes.toString()) as Wire)};
		});
	});
}
