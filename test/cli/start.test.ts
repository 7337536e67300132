import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {runInNewContext} from 'node:vm';
import {describe, expect, test} from 'vitest';
import {metafileOfBundle} from './knet.ts';

/** Packages in what is loaded before and with a module of the bundle: imports that are not import(). */
async function packagesOf(entries: readonly string[]): Promise<readonly string[]> {
	const {outputs} = await metafileOfBundle();
	const files = new Map(Object.entries(outputs).map(([name, output]) => [resolve(name), output]));
	const todo = [...files]
		.filter(([, {entryPoint}]) => entries.includes(entryPoint ?? ''))
		.map(([name]) => name);
	expect(todo).toHaveLength(entries.length);
	const seen = new Set<string>();
	const packages = new Set<string>();
	for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
		const output = files.get(name);
		if (!output || seen.has(name)) {
			continue;
		}

		seen.add(name);
		for (const input of Object.keys(output.inputs)) {
			const found = /node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)/u.exec(input)?.groups?.['name'];
			packages.add(found ?? '');
		}

		todo.push(
			...output.imports.filter(({kind}) => kind === 'import-statement').map(({path}) => resolve(path)),
		);
	}

	return [...packages].toSorted();
}

describe('what starts loads little', () => {
	test.each(['print-help', 'version', 'explain'])(
		'%s loads neither ink nor the Kubernetes client',
		async (command) => {
			const packages = await packagesOf(['cli.tsx', `source/commands/${command}.ts`]);
			const heavy =
				/^(?:ink|react|react-reconciler|yoga-layout|@kubernetes\/client-node|protobufjs|yaml|ws)$/u;
			expect(packages.filter((name) => heavy.test(name))).toEqual([]);
		},
	);

	test('help loads no package at all', async () => {
		const packages = await packagesOf(['cli.tsx', 'source/commands/print-help.ts']);
		expect(packages.filter((name) => name !== '')).toEqual([]);
	});

	test('trace and scan load no screen', async () => {
		for (const command of ['trace', 'scan']) {
			const packages = await packagesOf(['cli.tsx', `source/commands/${command}.ts`]);
			expect(packages.filter((name) => /^(?:ink|react)/u.test(name))).toEqual([]);
		}
	});
});

describe('the guard of old Node versions', () => {
	const source = readFileSync(new URL('../../source/bin.js', import.meta.url), 'utf8').replace(
		/^#!.*\n/u,
		'',
	);

	/** Runs bin.js as if by that version; import() is noted instead of made. */
	function start(version: string): {
		readonly said: string;
		readonly exitCode?: number;
		readonly loaded: readonly string[];
	} {
		const said: string[] = [];
		const loaded: string[] = [];
		const process: {versions: {node: string}; exitCode?: number} = {versions: {node: version}};
		runInNewContext(source.replace("import('./main.js')", "load('./main.js')"), {
			process,
			console: {error: (text: string) => said.push(text)},
			load: (name: string) => loaded.push(name),
		});
		return {said: said.join('\n'), exitCode: process.exitCode, loaded};
	}

	test.each(['0.10.48', '12.22.12', '20.19.0', '22.18.0'])('%s is told what to do', (version) => {
		const {said, exitCode, loaded} = start(version);
		expect(said).toMatch(/^knet needs Node ≥ 22\.19, this is \S+\.\nInstall a newer Node /u);
		expect([exitCode, loaded]).toEqual([2, []]);
	});

	test.each(['22.19.0', '22.20.1', '24.0.0', '26.1.0'])('%s runs', (version) => {
		expect(start(version)).toEqual({said: '', exitCode: undefined, loaded: ['./main.js']});
	});

	test('is written in syntax that Node 8 reads', () => {
		expect(source).not.toMatch(/=>|`|\b(?:const|let|class|async|await)\b|\?\.|\?\?/u);
		expect(source).toMatch(/^[\n\t\u0020-\u007E]*$/u);
	});
});
