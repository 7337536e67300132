import {createHash} from 'node:crypto';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {version} from '../version.ts';
import {krewManifest} from './krew-manifest.ts';

/** Writes the sums of what lies in a directory, and krew's manifest of the archives among it. */
export async function writeSums(outdir: string): Promise<void> {
	const files = (await readdir(outdir)).filter((name) => /^knet[-.](?!yaml)/u.test(name)).toSorted();
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
