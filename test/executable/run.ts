import {spawnSync} from 'node:child_process';
import {arch, platform} from 'node:process';
import {fileURLToPath} from 'node:url';
import {openScreen} from '../helpers/screen.ts';

/*
npm run package:smoke, after npm run package: the executable of this machine without any Node on the PATH, in a pipe and on a
terminal, where its worker has to start. Ends with exit code 1 at the first thing that is not so.
*/

const executable = fileURLToPath(new URL(`../../release/knet-${platform}-${arch}`, import.meta.url));
const manifests = fileURLToPath(new URL('../fixtures/manifests', import.meta.url));
const env = {PATH: '/usr/bin:/bin', HOME: '/nonexistent', TERM: 'xterm-256color', LC_ALL: 'C.UTF-8'};

function printed(...args: readonly string[]): string {
	const {stdout, stderr, status} = spawnSync(executable, args, {env, encoding: 'utf8'});
	if (status === null || stderr !== '') {
		throw new Error(`knet ${args.join(' ')} ended with ${status}: ${stderr}`);
	}

	return stdout;
}

function holds(what: string, isSo: boolean): void {
	if (!isSo) {
		throw new Error(`not so: ${what}`);
	}

	process.stdout.write(`ok   ${what}\n`);
}

holds('it says its version', /^knet \d+\.\d+\.\d+ \(Node /u.test(printed('--version')));
const abroad = spawnSync(executable, ['scan', '-f', manifests], {
	env: {...env, LC_ALL: 'ja_JP.eucJP', LANG: 'de_DE'},
	encoding: 'utf8',
});
holds('it needs no data of another language', abroad.stderr === '' && abroad.stdout.includes('5 paths'));
holds('it reads files', printed('scan', '-f', manifests).includes('5 paths: 3 broken, 2 unknown'));
holds('it runs the demo in a pipe', printed('demo').includes('traffic stops here'));
const notices = printed('info', 'notices');
holds(
	'it brings the notices of its packages and of Node',
	/^ink \d/mu.test(notices) && notices.includes('Node.js is licensed'),
);
const screen = openScreen('demo', [], {interpreter: executable, columns: 100, rows: 30, env});
await screen.until('svc/web:80');
screen.type('q');
holds('the explorer opens with its worker, and q leaves', (await screen.ended) === 0);
