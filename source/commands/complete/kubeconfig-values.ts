import {listContexts} from '../../cluster/kubeconfig/list-contexts.ts';
import type {Candidates, Situation} from './situation.ts';

/** Names of the kubeconfig that the line gives, or of $KUBECONFIG. */
export async function kubeconfigValues(
	flag: 'context' | 'cluster' | 'user',
	{flags: {kubeconfig}, env}: Situation,
): Promise<Candidates> {
	const contexts = await listContexts({kubeconfig, env});
	const names = contexts.map((context) => (flag === 'context' ? context.name : context[flag]));
	return {candidates: [...new Set(names)].filter(Boolean).map((value) => ({value}))};
}
