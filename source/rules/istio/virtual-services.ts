import type {Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {IstioHttpMatch, IstioHttpRoute, StringMatch, VirtualService} from '../../model/routes/istio.ts';
import {gatewayName} from './hosts.ts';
import {olderFirst} from './servers.ts';
import {isExportedTo} from './is-exported-to.ts';

/** Where in the objects a route stands. */
type RoutePlace = {readonly object: VirtualService; readonly index: number};

export type PlacedRoute = IstioHttpRoute & {readonly place: RoutePlace};

/** A VirtualService with the routes of those that it delegates to. */
export type MergedService = {
	readonly object: VirtualService;
	readonly http: readonly PlacedRoute[];
	/** Delegates that are not there, or not for it: their routes are left out. */
	readonly lost: readonly LostDelegate[];
};

export type LostDelegate = {
	readonly place: RoutePlace;
	readonly namespace: string;
	readonly name: string;
	readonly why: 'missing' | 'not-exported' | 'has-hosts';
};

/**
VirtualServices that a Gateway's proxies have, in the order in which their routes are tried for one host. Source: istio/istio of
2026-08-22, pilot/pkg/model/push_context.go (initVirtualServices, VirtualServicesForGateway), virtualservice_controller.go.
*/
export function servicesFor(
	all: readonly VirtualService[],
	{gateway, namespace}: {readonly gateway: string; readonly namespace: string},
): readonly MergedService[] {
	const bound = all
		.filter((object) => object.hosts.length > 0 && gatewaysOf(object).includes(gateway))
		.toSorted(olderFirst);
	const rank = (object: VirtualService) => visibility(object, namespace);
	return [3, 2, 1]
		.flatMap((wanted) => bound.filter((object) => rank(object) === wanted))
		.map((object) => merge(object, all));
}

/** `namespace/name` of the Gateways that a VirtualService names, and `mesh`. */
function gatewaysOf({gateways, namespace}: VirtualService): readonly string[] {
	return gateways.length === 0 ? ['mesh'] : gateways.map((name) => gatewayName(name, namespace));
}

/** Whether sidecars have it. */
function isForMesh(object: VirtualService): boolean {
	return gatewaysOf(object).includes('mesh');
}

/** Those that the sidecar of a pod may have. */
export function virtualServicesFor(snapshot: Snapshot, {namespace}: Pod): readonly VirtualService[] {
	return snapshot
		.list('VirtualService')
		.filter((object) => isForMesh(object) && visibility(object, namespace) > 0);
}

/** 3: in the proxy's namespace and for it alone; 2: exported to it; 1: public; 0: not seen there. */
export function visibility(
	{exportTo, namespace}: Pick<VirtualService, 'exportTo' | 'namespace'>,
	proxy: string,
): number {
	const to = exportTo.map((name) => (name === '.' ? namespace : name));
	if (to.length === 0 || to.includes('*')) {
		return 1;
	}

	return to.includes('~') || !to.includes(proxy) ? 0 : namespace === proxy ? 3 : 2;
}

function merge(object: VirtualService, all: readonly VirtualService[]): MergedService {
	const each = object.http.map((route, index) => {
		const place = {object, index};
		return route.delegate
			? delegated(route, {place, all, ...route.delegate})
			: {http: [{...route, place}], lost: []};
	});
	return {
		object,
		http: each.flatMap(({http}) => http),
		lost: each.flatMap(({lost}) => lost),
	};
}

type Delegation = {
	readonly place: RoutePlace;
	readonly all: readonly VirtualService[];
	readonly namespace: string;
	readonly name: string;
};

type Delegated = Pick<MergedService, 'http' | 'lost'>;

/** The routes of the delegate that no match of the root contradicts. */
function delegated(root: IstioHttpRoute, {place, all, ...named}: Delegation): Delegated {
	const own = place.object.namespace;
	const namespace = named.namespace || own;
	const found = all.find((each) => each.namespace === namespace && each.name === named.name);
	const why =
		found === undefined
			? 'missing'
			: found.hosts.length > 0
				? 'has-hosts'
				: isExportedTo(found, own)
					? undefined
					: 'not-exported';
	return found && why === undefined
		? {
				http: found.http.flatMap((route, index) => {
					const match = mergeMatches(root.match, route.match);
					return match ? [inherit(root, {...route, match, place: {object: found, index}})] : [];
				}),
				lost: [],
			}
		: {http: [], lost: [{place, namespace, name: named.name, why: why ?? 'missing'}]};
}

/** mergeHTTPRoute: what the delegate leaves open is the root's. */
function inherit(root: IstioHttpRoute, route: PlacedRoute): PlacedRoute {
	return {
		...route,
		rewrite: route.rewrite ?? root.rewrite,
		directResponse: route.directResponse ?? root.directResponse,
		timeout: route.timeout ?? root.timeout,
		fault: route.fault ?? root.fault,
	};
}

/** Undefined: every match of one contradicts every match of the other for some match of the delegate. */
function mergeMatches(
	root: readonly IstioHttpMatch[],
	leaves: readonly IstioHttpMatch[],
): readonly IstioHttpMatch[] | undefined {
	if (root.length === 0 || leaves.length === 0) {
		return root.length === 0 ? leaves : root;
	}

	const each = leaves.map((leaf) =>
		root.filter((one) => !contradicts(one, leaf)).map((one) => mergeMatch(one, leaf)),
	);
	return each.every((merged) => merged.length > 0) ? each.flat() : undefined;
}

function mergeMatch(root: IstioHttpMatch, leaf: IstioHttpMatch): IstioHttpMatch {
	return {
		uri: leaf.uri ?? root.uri,
		scheme: leaf.scheme ?? root.scheme,
		method: leaf.method ?? root.method,
		authority: leaf.authority ?? root.authority,
		headers: byName(root.headers, leaf.headers),
		withoutHeaders: byName(root.withoutHeaders, leaf.withoutHeaders),
		queryParams: byName(root.queryParams, leaf.queryParams),
		ignoreUriCase: leaf.ignoreUriCase,
		port: leaf.port ?? root.port,
		sourceLabels: {...root.sourceLabels, ...leaf.sourceLabels},
		sourceNamespace: leaf.sourceNamespace || root.sourceNamespace,
		gateways: leaf.gateways.length > 0 ? leaf.gateways : root.gateways,
	};
}

type Named = IstioHttpMatch['headers'];

function byName(root: Named, leaf: Named): Named {
	return [...root.filter(({name}) => !leaf.some((each) => each.name === name)), ...leaf];
}

/** hasConflict of virtualservice.go: the delegate's match must be a part of the root's. */
function contradicts(root: IstioHttpMatch, leaf: IstioHttpMatch): boolean {
	const parts = (['uri', 'scheme', 'method', 'authority'] as const).some((part) =>
		differs(root[part], leaf[part]),
	);
	const named = (['headers', 'withoutHeaders', 'queryParams'] as const).some((part) =>
		leaf[part].some((each) =>
			differs(
				root[part].find(({name}) => name === each.name),
				each,
			),
		),
	);
	const labels = Object.entries(leaf.sourceLabels).some(
		([key, value]) => Object.hasOwn(root.sourceLabels, key) && root.sourceLabels[key] !== value,
	);
	return (
		parts ||
		named ||
		labels ||
		root.ignoreUriCase !== leaf.ignoreUriCase ||
		(root.port !== undefined && leaf.port !== undefined && root.port !== leaf.port) ||
		(root.sourceNamespace !== '' && leaf.sourceNamespace !== root.sourceNamespace) ||
		(root.gateways.length > 0 && leaf.gateways.some((name) => !root.gateways.includes(name)))
	);
}

/** stringMatchConflict: regular expressions contradict everything, a prefix what does not begin with it. */
function differs(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
	if (!root || !leaf) {
		return false;
	}

	if (root.type === 'exact') {
		return leaf.type !== 'exact' || leaf.value !== root.value;
	}

	return (
		root.type !== 'prefix' || !['prefix', 'exact'].includes(leaf.type) || !leaf.value.startsWith(root.value)
	);
}
