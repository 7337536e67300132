import type {ConnectOptions} from '../connect-options.ts';
import type {Environment} from './files.ts';
import {loadKubeconfig} from './load.ts';

/** A row of the context picker. */
type ContextChoice = {
	readonly name: string;
	readonly cluster: string;
	readonly user: string;
	readonly namespace: string;
	readonly current: boolean;
};

/** The contexts of the kubeconfig, by name. Rejects with `UserError` when a file cannot be read. */
export async function listContexts(
	options: Pick<ConnectOptions, 'kubeconfig' | 'env'> = {},
): Promise<readonly ContextChoice[]> {
	const env: Environment = options.env ?? process.env;
	const {kubeconfig} = await loadKubeconfig(options.kubeconfig, env);
	return [...kubeconfig.contexts]
		.map(([name, context]) => ({
			name,
			cluster: context.cluster ?? '',
			user: context.user ?? '',
			namespace: context.namespace ?? 'default',
			current: name === kubeconfig.currentContext,
		}))
		.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
