import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {runInNewContext} from 'node:vm';
import {describe, expect, test} from 'vitest';
import {builtBundle} from './knet.ts';

/** Packages in what is loaded before and with a module of the bundle: imports that are not import(). */
async function packagesOf(entries: readonly string[]): Promise<readonly string[]> {
	const {outputs} = (await builtBundle()).metafile;
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
	async function start(version: string) {
		const said: string[] = [];
		const loaded: string[] = [];
		const process: {versions: {node: string}; argv: string[]; exitCode?: number} = {
			versions: {node: version},
			argv: ['node', '/usr/bin/knet'],
		};
		runInNewContext(source.replaceAll('import(', 'load('), {
			process,
			console: {error: (text: string) => said.push(text)},
			setTimeout: () => ({unref() {}}),
			load: (name: string) => {
				loaded.push(name);
				return Promise.resolve({run: (text: string) => said.push(text), enableCompileCache() {}});
			},
		});
		await new Promise(setImmediate);
		return {said: said.join('\n'), exitCode: process.exitCode, loaded};
	}

	const advice =
		/^knet needs Node ≥ 22\.19, this is \S+\.\nInstall a newer Node .*npx node@24 \/usr\/bin\/knet$/u;

	test.each(['0.10.48', '12.22.12'])('%s is told what to do', async (version) => {
		const {said, exitCode, loaded} = await start(version);
		expect(said).toMatch(advice);
		expect([exitCode, loaded]).toEqual([2, []]);
	});

	test.each(['14.21.3', '20.19.0', '22.18.0'])('%s looks for the Node of the checkout', async (version) => {
		const {said, loaded} = await start(version);
		expect(said).toMatch(advice);
		expect(loaded).toEqual(['./other-node.js']);
	});

	test.each(['22.19.0', '22.20.1', '24.0.0', '26.1.0'])('%s runs', async (version) => {
		expect(await start(version)).toEqual({
			said: '',
			exitCode: undefined,
			loaded: ['node:module', './main.js'],
		});
	});

	test('is written in syntax that Node 8 reads', () => {
		expect(source).not.toMatch(/=>|`|\b(?:const|let|class|async|await)\b|\?\.|\?\?/u);
		expect(source).toMatch(/^[\n\t\u0020-\u007E]*$/u);
	});
});
