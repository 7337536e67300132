import {screenCosts} from './explorer.ts';
import type {Line} from './figures.ts';
import {kubectl, kubectlAt} from './kubectl.ts';
import {msOf} from './measure.ts';

/** On a real cluster only: the first frame with entries, beside one request of kubectl. Namespace: KNET_BENCH_NAMESPACE. */
export async function usefulLines(runs: number, env: NodeJS.ProcessEnv): Promise<readonly Line[]> {
	const namespace = env['KNET_BENCH_NAMESPACE'] ?? 'kube-system';
	const name = `first useful frame, namespace ${namespace}`;
	if (env['KUBECONFIG'] === undefined) {
		return [{name, goal: 1.5, unit: 'ms', value: {why: 'no cluster: KUBECONFIG is not set'}}];
	}

	const peer = await kubectl(runs, ['get', 'svc,endpointslices', '-n', namespace], env, ({stdout}) =>
		stdout.includes('endpointslice') ? undefined : 'it printed no slices',
	);
	const value = await screenCosts(runs, {file: 'dist/cli.js', args: ['-n', namespace], env}, (text) =>
		/Entries [1-9]/u.test(text),
	);
	return [
		{
			name,
			goal: 1.5,
			unit: 'ms',
			value: msOf(value),
			of: msOf(peer),
			ofName: `${kubectlAt()} get svc,endpointslices`,
		},
	];
}
