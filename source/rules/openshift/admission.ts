import {findCondition, type Condition} from '../../model/meta.ts';
import type {OpenShiftRoute} from '../../model/routes/openshift-route.ts';

/** What routers said of a Route. Source: openshift/router of 2026-08-04, pkg/router/controller/status.go, unique_host.go. */
type Admission = {
	/** Those that serve it. */
	readonly admittedBy: readonly string[];
	readonly refusals: readonly {readonly routerName: string; readonly condition: Condition}[];
	/** No router has looked at it yet, or none whose shard it belongs to. */
	readonly isUnseen: boolean;
};

export function admissionOf({ingress}: OpenShiftRoute): Admission {
	const said = ingress.flatMap(({routerName, conditions}) => {
		const condition = findCondition(conditions, 'Admitted');
		return condition ? [{routerName, condition}] : [];
	});
	return {
		admittedBy: said.filter(({condition}) => condition.status === 'True').map(({routerName}) => routerName),
		refusals: said.filter(({condition}) => condition.status === 'False'),
		isUnseen: said.length === 0,
	};
}

/** The routers that Routes speak of. */
export function routersOf(routes: readonly OpenShiftRoute[]): readonly string[] {
	return [...new Set(routes.flatMap(({ingress}) => ingress.map(({routerName}) => routerName)))].toSorted();
}

/** What a router serves by its own word. */
export function routesOn(routerName: string, routes: readonly OpenShiftRoute[]): readonly OpenShiftRoute[] {
	return routes.filter((route) => admissionOf(route).admittedBy.includes(routerName));
}

/**
What a router would serve of Routes that none has seen: of one host those of the namespace of the oldest, of one path the oldest, and
nothing beside TLS passthrough. Source: pkg/router/controller/hostindex/activation.go, SameNamespace and hasExistingMatch.
*/
export function claimed(routes: readonly OpenShiftRoute[]): readonly OpenShiftRoute[] {
	const byHost = Map.groupBy(
		routes.filter(({host}) => host !== ''),
		({host}) => host.toLowerCase(),
	);
	return [...byHost.values()].flatMap((ofHost) => {
		const inOrder = ofHost.toSorted(olderFirst);
		const owner = inOrder[0]?.namespace;
		return inOrder
			.filter(({namespace}) => namespace === owner)
			.reduce<readonly OpenShiftRoute[]>(
				(kept, route) => (kept.some((other) => collides(other, route)) ? kept : [...kept, route]),
				[],
			);
	});
}

/** routeapihelpers/helper.go, RouteLessThan. */
function olderFirst(a: OpenShiftRoute, b: OpenShiftRoute): number {
	return (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0);
}

function collides(a: OpenShiftRoute, b: OpenShiftRoute): boolean {
	return a.path === b.path || (a.tls !== undefined && b.tls !== undefined && [a, b].some(isPassthrough));
}

export function isPassthrough({tls}: OpenShiftRoute): boolean {
	return tls?.termination === 'passthrough';
}
