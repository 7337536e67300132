import {spawnSync} from 'node:child_process';

/** How a POSIX shell reads commands of `kubectl`: the arguments of each call, in order. */
export function argvOf(commands: readonly string[], directory = '/'): readonly (readonly string[])[] {
	// Each call prints how many words it has, then its words; NUL ends each.
	const script = `kubectl() { printf '%s\\0' "$#" "$@"; }\n${commands.join('\n')}\n`;
	const {stdout, stderr, status} = spawnSync('sh', ['-c', script], {cwd: directory, maxBuffer: 1e8});
	if (status !== 0 || stderr.length > 0) {
		throw new Error(`sh ended with ${status}: ${stderr.toString()}`);
	}

	const records = stdout.toString().split('\0').slice(0, -1);
	const calls: string[][] = [];
	for (let at = 0; at < records.length;) {
		const count = Number(records[at]);
		calls.push(records.slice(at + 1, at + 1 + count));
		at += 1 + count;
	}

	return calls;
}
