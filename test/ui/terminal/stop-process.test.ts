import {spawn} from 'node:child_process';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const file = fileURLToPath(new URL('../../../source/ui/terminal/terminal-turns.ts', import.meta.url));

// In a session of its own no shell controls jobs.
const script = `
const {stopProcess} = await import(${JSON.stringify(file)});
process.on('SIGTSTP', () => {});
for (let round = 0; round < 12; round++) await stopProcess();
const left = ['SIGCONT', 'SIGTSTP'].map((signal) => process.listenerCount(signal));
process.stdout.write(left.join(' '));
`;

test.runIf(process.platform === 'linux')(
	'a stop that the kernel drops leaves no listener behind',
	async () => {
		const child = spawn(process.execPath, ['--input-type=module', '-e', script], {detached: true});
		expect(await Promise.all([text(child.stdout), text(child.stderr)])).toEqual(['0 1', '']);
	},
);
