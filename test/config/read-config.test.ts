import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readConfig} from '../../source/config/read-config.ts';

const nobody = 65_534;

test.runIf(process.getuid?.() === 0).each([
	['there is none where its folder may not be entered', 0o700, {}],
	['one that may not be read is told', 0o755, expect.stringContaining('You may not read ')],
])('%s', async (_, mode, said) => {
	const home = await mkdtemp(join(tmpdir(), 'knet-config-'));
	await chmod(home, 0o755);
	await mkdir(join(home, 'knet'), {mode});
	await writeFile(join(home, 'knet/config.yaml'), 'theme: dark', {mode: 0o600});
	process.seteuid?.(nobody);
	const read = await readConfig({XDG_CONFIG_HOME: home}).catch(({message}: Error) => message);
	process.seteuid?.(0);
	expect(read).toEqual(said);
	await rm(home, {recursive: true});
});
