import './source/commands/small-young-generation.ts';
import {basename} from 'node:path';
import {main} from './source/commands/main.ts';
import {sayError} from './source/commands/output/say-error.ts';
import type {Terminal} from './source/commands/output/terminal.ts';
import {writeError} from './source/commands/output/write-error.ts';

const terminal: Terminal = {
	print: (text) => void process.stdout.write(text),
	say: (text) => void process.stderr.write(text),
	env: {...process.env},
	isTerminal: process.stdout.isTTY,
	columns: process.stdout.columns || undefined,
};

// A reader that has seen enough (`| head`) is no error; a full disk is one, and no command may go on as if it had been heard.
process.stdout.on('error', async (error: NodeJS.ErrnoException) => {
	process.exit(error.code === 'EPIPE' ? 0 : await sayError(writeError('The output', error), terminal));
});
// Nothing is left on which to say it.
process.stderr.on('error', () => {});

// Node would obey it in silence; knet verifies unless a flag or the kubeconfig says otherwise, and Node's warning would mislead.
delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];

// npm links one file by several names. kubectl asks the second for completions of its plugin.
const called = basename(process.argv[1] ?? '');
const completes = called.startsWith('kubectl_complete-') ? ['__complete-plugin'] : [];
const args = [...completes, ...process.argv.slice(2)];
const code = await main(args, called.startsWith('kubectl') ? 'kubectl knet' : 'knet', terminal);
if (args[0]?.startsWith('__complete')) {
	// A cluster that does not answer holds no key press up.
	process.stdout.write('', () => process.exit(code));
} else {
	process.exitCode = code;
}
