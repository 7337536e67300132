import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {onTestFinished} from 'vitest';

/** A directory with these files, gone after the test. A file that starts with `#!` may be run. */
export async function directoryOf(files: Readonly<Record<string, string>>): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'knet-'));
	onTestFinished(async () => rm(directory, {recursive: true, force: true}));
	for (const [name, text] of Object.entries(files)) {
		const file = join(directory, name);
		await mkdir(dirname(file), {recursive: true});
		await writeFile(file, text, {mode: text.startsWith('#!') ? 0o755 : 0o644});
	}

	return directory;
}
