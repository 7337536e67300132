import type {Demand} from '../feeds/feed.ts';
import {clusterScoped, type Kind} from '../model/kinds.ts';
import type {Reads} from '../model/recording-snapshot.ts';

/** More lists per namespace than this cost more than one of the whole cluster. */
const fewNamespaces = 4;

/** Of kinds of which a cluster may hold tens of thousands, many small lists still cost less. */
const heavyKinds: ReadonlySet<Kind> = new Set<Kind>(['Pod', 'Event', 'ReplicaSet']);
const manyNamespaces = 100;

/** What to watch, from what walks have read. */
export function demandOf(reads: Reads): Demand {
	return new Map(
		[...reads].map(([kind, scopes]) => [
			kind,
			scopesToWatch(scopes, heavyKinds.has(kind) ? manyNamespaces : fewNamespaces),
		]),
	);
}

function scopesToWatch(scopes: ReadonlySet<string>, limit: number): 'all' | ReadonlySet<string> {
	return scopes.has('*') || scopes.has('') || scopes.size > limit ? 'all' : scopes;
}

/** Both, as one. */
export function mergeReads(all: readonly Reads[]): Reads {
	const merged = new Map<Kind, Set<string>>();
	for (const reads of all) {
		for (const [kind, scopes] of reads) {
			merged.set(kind, new Set([...(merged.get(kind) ?? []), ...scopes]));
		}
	}

	return merged;
}

/** Lists that every look begins with: asked for at once, instead of one round after the other. */
const openingKinds: readonly Kind[] = [
	'Namespace',
	'Node',
	'Service',
	'Ingress',
	'IngressClass',
	'GatewayClass',
	'Gateway',
	'HTTPRoute',
	'GRPCRoute',
	'TLSRoute',
	'TCPRoute',
	'UDPRoute',
	'ReferenceGrant',
	'Deployment',
	'DaemonSet',
	'StatefulSet',
];

/** Kinds that are large, or live in one namespace: only where they are looked at. */
const placedKinds: readonly Kind[] = [
	'EndpointSlice',
	'NetworkPolicy',
	'CiliumNetworkPolicy',
	'CiliumClusterwideNetworkPolicy',
	'CalicoNetworkPolicy',
	'CalicoGlobalNetworkPolicy',
	'FelixConfiguration',
	'AdminNetworkPolicy',
	'BaselineAdminNetworkPolicy',
];

/** What a look at a namespace, or at all (`*`), will certainly read; without a place only what is read anyway. `also`: kinds that it
reads there besides. */
export function openingReads(scope: string | undefined, also: readonly Kind[] = []): Reads {
	return new Map<Kind, ReadonlySet<string>>([
		...openingKinds.map((kind) => [kind, new Set([clusterScoped.has(kind) ? '' : '*'])] as const),
		...(scope === undefined
			? []
			: [...placedKinds, ...also].map(
					(kind) => [kind, new Set([clusterScoped.has(kind) ? '' : scope])] as const,
				)),
		['ConfigMap', new Set(['kube-system'])],
	]);
}
