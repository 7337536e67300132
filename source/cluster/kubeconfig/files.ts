import {homedir} from 'node:os';
import {delimiter, join} from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the kubeconfig is looked for: `--kubeconfig`, else the files of KUBECONFIG, else ~/.kube/config. */
export function kubeconfigFiles(explicit: string | undefined, env: Environment): readonly string[] {
	if (explicit) {
		return [explicit];
	}

	return env['KUBECONFIG']
		? [...new Set(env['KUBECONFIG'].split(delimiter))].filter((file) => file !== '')
		: [join(env['HOME'] || homedir(), '.kube', 'config')];
}
