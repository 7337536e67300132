import {execFile} from 'node:child_process';
import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';

const nobody = 65_534;
const read = `
const {readConfig} = await import(process.argv[1]);
console.log(JSON.stringify(await readConfig({XDG_CONFIG_HOME: process.argv[2]}).catch(({message}) => message)));
`;

test.runIf(process.getuid?.() === 0).each([
	['there is none where its folder may not be entered', 0o700, '{}'],
	['one that may not be read is told', 0o755, '"You may not read '],
])('%s', async (_, mode, said) => {
	const home = await mkdtemp(join(tmpdir(), 'knet-config-'));
	await chmod(home, 0o755);
	await mkdir(join(home, 'knet'), {mode});
	await writeFile(join(home, 'knet/config.yaml'), 'theme: dark', {mode: 0o600});
	const module = new URL('../../source/config/read-config.ts', import.meta.url).href;
	const args = ['--input-type=module', '-e', read, module, home];
	const {stdout} = await promisify(execFile)(process.execPath, args, {uid: nobody, gid: nobody});
	expect(stdout.slice(0, said.length)).toBe(said);
	await rm(home, {recursive: true});
});
