// For a Node that is too old for knet: the checkout brought one among its packages. Node 14 reads this.
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const name = process.platform === 'win32' ? 'node.exe' : 'node';
const brought = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/node/bin', name);

export function run(advice) {
	if (!existsSync(brought)) {
		console.error(advice);
		process.exitCode = 2;
		return;
	}

	const child = spawn(brought, process.argv.slice(1), {stdio: 'inherit'});
	// The terminal sends ctrl-c to both: knet answers it.
	process.on('SIGINT', () => {});
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	child.on('error', () => {
		console.error(advice);
		process.exitCode = 2;
	});
	child.on('exit', (code) => {
		process.exitCode = code === null ? 1 : code;
	});
}
