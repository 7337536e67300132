import {spawnSync} from 'node:child_process';
import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';

/** The kubectl to compare with: KUBECTL, or the one in PATH; undefined where there is none. */
export const kubectl = process.env['KUBECTL'] ?? inPath('kubectl');

function inPath(name: string): string | undefined {
	return (process.env['PATH'] ?? '')
		.split(delimiter)
		.map((directory) => join(directory, name))
		.find((file) => {
			try {
				accessSync(file, constants.X_OK);
				return true;
			} catch {
				return false;
			}
		});
}

/** Output of `kubectl config view` with these arguments, as JSON; undefined when kubectl refuses. */
export function configView(
	args: readonly string[],
	options: {readonly env: Readonly<Record<string, string>>; readonly cwd: string},
): unknown {
	const run = spawnSync(kubectl ?? 'kubectl', ['config', 'view', '--raw', '-o', 'json', ...args], {
		...options,
		encoding: 'utf8',
	});
	if (run.status !== 0) {
		return undefined;
	}

	// Printed, empty, until 1.33.
	const {preferences: _, ...printed} = JSON.parse(run.stdout) as Readonly<Record<string, unknown>>;
	return printed;
}
