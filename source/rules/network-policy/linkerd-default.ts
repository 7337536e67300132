import type {Pod} from '../../model/pod.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {takes} from './foreign.ts';
import {isOfLinkerd} from './mesh-policies.ts';

/** The injector writes it on the pod, also where the namespace or the installation sets it. */
export const linkerdDefault = 'config.linkerd.io/default-inbound-policy';

/**
The default policy of a pod, where it denies a client: it holds for ports that no Server selects (linkerd.io, Authorization
Policy). `client` undefined: it is outside the mesh.
*/
export function denyingDefault(snapshot: Snapshot, pod: Pod, client: Pod | undefined): string | undefined {
	const policy = pod.annotations[linkerdDefault] ?? '';
	const denies =
		policy === 'deny' ||
		(['all-authenticated', 'cluster-authenticated'].includes(policy) && !(client && isOfLinkerd(client)));
	const isPassedBy = pod.annotations['config.linkerd.io/skip-inbound-ports'] !== undefined;
	if (
		!denies ||
		isPassedBy ||
		!isOfLinkerd(pod) ||
		!isKnown(snapshot.state('LinkerdServer', pod.namespace))
	) {
		return undefined;
	}

	const isServed = snapshot
		.list('LinkerdServer', pod.namespace)
		.some((server) => takes(snapshot, server, pod) !== 'no');
	return isServed ? undefined : policy;
}
