import {mkdtemp, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {build} from 'esbuild';
import {openExplorer, screenCosts, type Program} from './explorer.ts';
import type {Line} from './figures.ts';
import {median, msOf, runProgram} from './measure.ts';

const hello = `
import React from 'react';
import {render, Text} from 'ink';
render(React.createElement(Text, null, 'hello from ink'));
setInterval(() => {}, 1e6);
`;

/** Start → first frame, beside a bundled Ink that says hello. */
export async function startLines(runs: number, explorer: Program): Promise<readonly Line[]> {
	const folder = await mkdtemp(join(process.cwd(), 'node_modules', '.knet-bench-'));
	const file = join(folder, 'hello.mjs');
	await build({
		stdin: {contents: hello, resolveDir: process.cwd()},
		outfile: file,
		bundle: true,
		platform: 'node',
		format: 'esm',
		minifySyntax: true,
		minifyWhitespace: true,
		logLevel: 'warning',
		define: {'process.env.NODE_ENV': '"production"'},
		alias: {'react-devtools-core': './source/build/no-devtools.ts'},
		banner: {js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"},
	});
	const floor = await screenCosts(runs, {file, args: [], env: explorer.env}, (text) =>
		text.includes('hello from ink'),
	);
	await fillCompileCache(explorer);
	const first = await screenCosts(runs, explorer, (text) => text.includes('knet'));
	const bare = await median(runs, () => runProgram(process.execPath, ['-e', '0'], explorer.env));
	await rm(folder, {recursive: true});
	return [
		{
			name: 'start → first frame, not the first of a build',
			goal: 1.5,
			unit: 'ms',
			value: msOf(first),
			of: msOf(floor),
			ofName: 'a bundled Ink that says hello',
		},
		{
			name: 'a bundled Ink that says hello (to know the machine)',
			goal: Infinity,
			unit: 'ms',
			value: msOf(floor),
			of: msOf(bare),
			ofName: 'node -e 0',
		},
	];
}

/** A build that has never run compiles all it needs; every later start reads that. */
async function fillCompileCache(explorer: Program): Promise<void> {
	const opened = openExplorer(explorer);
	await opened.until((text) => text.includes('knet'));
	await wait(5000);
	await opened.close();
}
