import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import type {Finding} from '../../../source/path/finding.ts';
import type {Path} from '../../../source/path/report.ts';
import {hostHelper, program} from './environment.ts';

const run = promisify(execFile);

/** Of a report only what these tests look at. */
export type Report = {
	readonly verdict: string;
	readonly paths: readonly Path[];
	readonly tries?: readonly Try[];
};
type Try = {readonly name: string; readonly observed?: readonly {readonly resolver: string}[]};

/** The built knet, once, as JSON; on the host of a client outside where that is asked for. */
export async function runKnet(args: readonly string[], where: 'here' | 'client' = 'here'): Promise<Report> {
	const words = [program, ...args, '-o', 'json'];
	const own = [process.execPath, ...words];
	const [command = '', ...rest] = where === 'client' ? [hostHelper ?? 'none', 'in', 'client', ...own] : own;
	// A broken path ends with 1, and prints the report all the same.
	const {stdout, stderr} = await run(command, rest, {maxBuffer: 64 << 20}).catch(
		(error: unknown) => error as {readonly stdout: string; readonly stderr: string},
	);
	if (stdout === '') {
		throw new Error(stderr);
	}

	return JSON.parse(stdout) as Report;
}

export function codesOf({paths}: Report): readonly string[] {
	return paths.flatMap(({hops}) => hops.flatMap(({findings}) => findings.map(({code}: Finding) => code)));
}
