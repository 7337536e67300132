import {UserError} from '../../errors.ts';
import type {ConnectOptions} from '../connect-options.ts';
import type {ClusterAccess} from './access.ts';
import {inClusterAccess} from './in-cluster.ts';
import type {Environment} from './files.ts';
import {type Loaded, loadKubeconfig} from './load.ts';
import {selectAccess} from './select.ts';

/** The cluster to talk to: by kubeconfig and flags, else the one this process runs in. Never a guess at localhost. */
export async function findAccess(options: ConnectOptions, env: Environment): Promise<ClusterAccess> {
	const loaded = await loadKubeconfig(options.kubeconfig, env);
	return (
		selectAccess(loaded.kubeconfig, options) ?? (await inClusterAccess(options, env)) ?? noCluster(loaded)
	);
}

function noCluster({kubeconfig, files, found}: Loaded): never {
	const contexts = [...kubeconfig.contexts.keys()];
	if (contexts.length > 0) {
		throw new UserError(
			`the kubeconfig has no current context; it has: ${contexts.slice(0, 10).join(', ')}`,
			'choose one with --context NAME',
		);
	}

	throw new UserError(`no cluster: ${whereLooked(files, found)}`, 'try knet without a cluster: knet demo');
}

/** Says of a kubeconfig that is there what it lacks: it was not merely looked for. */
function whereLooked(files: readonly string[], found: readonly string[]): string {
	const missing = files.filter((file) => !found.includes(file));
	const looked = [
		...(missing.length > 0 ? [`for ${missing.join(', ')}`] : []),
		...(files.length === 0 ? ['for no file (KUBECONFIG is empty)'] : []),
		'for a service account of a pod',
	].join(' and ');
	return found.length === 0
		? `looked ${looked}`
		: `${found.join(', ')} ${found.length === 1 ? 'has' : 'have'} no context; looked ${looked}`;
}
