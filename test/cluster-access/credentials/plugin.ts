import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {directoryOf} from '../../helpers/files.ts';
import type {ExecConfig} from '../../../source/cluster/kubeconfig/kubeconfig.ts';

export const apiVersion = 'client.authentication.k8s.io/v1';

export type Plugin = {
	readonly directory: string;
	readonly exec: ExecConfig;
	/** One line a run: what was in KUBERNETES_EXEC_INFO. */
	runs(): Promise<readonly string[]>;
};

/** A shell script as plugin: notes its run, then does `body`. `$RUN` counts its runs from 1, `$DIR` is its directory. */
export async function pluginOf(body: string, more: Partial<ExecConfig> = {}): Promise<Plugin> {
	const directory = await directoryOf({
		runs: '',
		login: `#!/bin/sh
DIR=$(dirname "$0")
printf '%s\\n' "$KUBERNETES_EXEC_INFO" >> "$DIR/runs"
RUN=$(wc -l < "$DIR/runs" | tr -d ' ')
${body}
`,
	});
	return {
		directory,
		exec: {
			command: join(directory, 'login'),
			args: [],
			env: [],
			apiVersion,
			provideClusterInfo: false,
			interactiveMode: 'Never',
			...more,
		},
		async runs() {
			const text = await readFile(join(directory, 'runs'), 'utf8');
			return text.split('\n').filter((line) => line !== '');
		},
	};
}

/** Prints a credential from the shell, in which `$RUN` may stand. */
export function print(status: string): string {
	return `printf '{"kind":"ExecCredential","apiVersion":"${apiVersion}","status":${status.replaceAll('$RUN', '%s')}}' "$RUN"`;
}
