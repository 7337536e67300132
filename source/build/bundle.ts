import {chmod, copyFile, mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, type Metafile} from 'esbuild';
import {lazyBuiltins} from './lazy-builtins.ts';
import {leanPackages} from './lean-packages.ts';
import {manPage} from './man-page.ts';
import {noticesOf} from './notices.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const common = {
	absWorkingDir: root,
	bundle: true,
	platform: 'node',
	target: 'node22.19',
	minifySyntax: true,
	minifyWhitespace: true,
	legalComments: 'none',
	logLevel: 'warning',
	metafile: true,
	define: {
		'process.env.NODE_ENV': '"production"',
		// yoga-layout would decode its own data: URL with it, for which Node loads undici, http2 and tls: a third of a start.
		fetch: 'undefined',
	},
	// ink asks for React's developer tools only when DEV is set; they are no part of knet.
	alias: {'react-devtools-core': './source/build/no-devtools.ts'},
} as const;

const requireOf = "import{createRequire as __knetRequire}from'node:module';const require=__knetRequire";

/** Bundles knet into a directory, with everything it needs. Resolves to what went into which file. */
export async function bundle(outdir: string): Promise<Metafile> {
	await mkdir(outdir, {recursive: true});
	const {metafile} = await build({
		...common,
		format: 'esm',
		plugins: [leanPackages, lazyBuiltins],
		banner: {js: `${requireOf}(import.meta.url);`},
		entryPoints: {main: 'cli.tsx', session: 'source/worker.ts'},
		outdir,
		splitting: true,
		chunkNames: 'chunks/[name]-[hash]',
	});
	await copyFile(join(root, 'source/bin.js'), join(outdir, 'cli.js'));
	await copyFile(join(root, 'source/other-node.js'), join(outdir, 'other-node.js'));
	await copyFile(join(root, 'source/worker-start.js'), join(outdir, 'worker.js'));
	await copyFile(join(root, 'source/view/report/schema.json'), join(outdir, 'schema.json'));
	await writeFile(join(outdir, 'knet.1'), manPage());
	await writeFile(join(outdir, 'THIRD-PARTY-NOTICES.txt'), await noticesOf(root, metafile));
	await chmod(join(outdir, 'cli.js'), 0o755);
	return metafile;
}

/** Bundles knet for a single executable: one module, and the worker as one script. Resolves to what went into them. */
export async function bundleForExecutable(outdir: string): Promise<Metafile> {
	const [main, worker] = await Promise.all([
		build({
			...common,
			format: 'esm',
			banner: {js: `${requireOf}(process.execPath);`},
			entryPoints: {main: 'cli.tsx'},
			plugins: [leanPackages, lazyBuiltins],
			outdir,
		}),
		build({...common, format: 'cjs', entryPoints: {worker: 'source/worker.ts'}, outdir}),
	]);
	return {
		inputs: {...main.metafile.inputs, ...worker.metafile.inputs},
		outputs: {...main.metafile.outputs, ...worker.metafile.outputs},
	};
}
