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

function noCluster({kubeconfig, files}: Loaded): never {
	const contexts = [...kubeconfig.contexts.keys()];
	if (contexts.length > 0) {
		throw new UserError(
			`the kubeconfig has no current context; it has: ${contexts.slice(0, 10).join(', ')}`,
			'choose one with --context NAME',
		);
	}

	throw new UserError(
		`no cluster: looked for ${files.join(', ') || 'no file (KUBECONFIG is empty)'} and for a service account of a pod`,
		'try knet without a cluster: knet demo',
	);
}
