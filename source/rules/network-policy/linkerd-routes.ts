import {findCondition} from '../../model/meta.ts';
import type {ForeignPolicy} from '../../model/policies/network-policy.ts';
import type {LinkerdAuthorization} from '../../model/policies/linkerd-authorization.ts';
import type {Route} from '../../model/routes/gateway.ts';
import type {Snapshot} from '../../model/snapshot.ts';

const kinds = ['LinkerdRoute', 'HTTPRoute', 'GRPCRoute'] as const;

/** Routes of both groups that a Server has accepted, or will accept (linkerd2, policy-controller, inbound/routes.rs, accepted_by_server). */
export function linkerdRoutesOf(
	snapshot: Snapshot,
	{namespace, name}: Pick<ForeignPolicy, 'namespace' | 'name'>,
): readonly Route[] {
	const isServer = (parent: Route['parentRefs'][number]): boolean =>
		parent.kind === 'Server' && parent.name === name && (parent.namespace ?? namespace) === namespace;
	return kinds
		.flatMap((kind) => snapshot.list(kind, namespace))
		.filter(({parentRefs}) => parentRefs.some(isServer))
		.filter((route) => {
			const said = route.parents.filter(({parentRef}) => isServer(parentRef));
			return said.length === 0
				? isManifest(route)
				: said.some(({conditions}) => findCondition(conditions, 'Accepted')?.status === 'True');
		});
}

/** A manifest that is not applied yet: the Server accepts it once it is. */
function isManifest({uid, createdAt}: Route): boolean {
	return uid === '' && createdAt === undefined;
}

export function isTarget(target: LinkerdAuthorization['target'], {routeKind, name}: Route): boolean {
	return target.kind === routeKind && target.name === name;
}

/** Whether every request matches it. */
export function takesAll({hostnames, rules}: Route): boolean {
	return (
		hostnames.length === 0 &&
		rules.some(
			({matches}) =>
				matches.length === 0 ||
				matches.some(
					({path, headers, query, method, grpc}) =>
						(path === undefined || (path.type === 'PathPrefix' && path.value === '/')) &&
						headers.length === 0 &&
						query.length === 0 &&
						method === undefined &&
						grpc === undefined,
				),
		)
	);
}
