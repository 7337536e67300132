import {chmod, copyFile, rm} from 'node:fs/promises';
import {build} from 'esbuild';

const shared = {
	bundle: true,
	format: 'esm',
	platform: 'node',
	target: 'node22.19',
	minifySyntax: true,
	minifyWhitespace: true,
	legalComments: 'none',
	logLevel: 'warning',
	define: {'process.env.NODE_ENV': '"production"'},
	// ink asks for React's developer tools only when DEV is set; they are no part of knet.
	alias: {'react-devtools-core': './source/build/no-devtools.ts'},
	banner: {js: "import{createRequire as __knetRequire}from'node:module';const require=__knetRequire(import.meta.url);"},
} as const;

await rm('dist', {recursive: true, force: true});
await build({
	...shared,
	entryPoints: {main: 'cli.tsx', worker: 'source/worker.ts'},
	outdir: 'dist',
	splitting: true,
	chunkNames: 'chunks/[name]-[hash]',
});
await copyFile('source/bin.js', 'dist/cli.js');
await copyFile('source/view/report/schema.json', 'dist/schema.json');
await chmod('dist/cli.js', 0o755);
