import type {Route} from '../../../model/routes/gateway.ts';
import {refOf} from '../../../model/ref.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {attachments} from '../../../rules/gateway-api/listeners/delegation.ts';
import {commonHopKinds, type HopKind} from '../../hop-kind.ts';
import type {HopEvaluation} from '../../hop-evaluator.ts';
import {routeRequests} from '../../route/gateway/route-requests.ts';
import type {Path} from '../../report.ts';
import type {Target, UrlTarget} from '../../target.ts';
import {hopContextOf, type WalkContext} from '../context.ts';
import {judge} from '../path-verdict.ts';
import {servicePaths} from '../service/service-path.ts';
import {notReached, skipped} from '../skipped.ts';
import {unknownPath} from '../unknown-path.ts';
import {walkRouter} from './walk-router.ts';
import {walkUrl} from './walk-url.ts';

const routeKinds = {
	httproute: 'HTTPRoute',
	grpcroute: 'GRPCRoute',
	tlsroute: 'TLSRoute',
	tcproute: 'TCPRoute',
	udproute: 'UDPRoute',
} as const;

type RouteTarget = Extract<Target, {kind: keyof typeof routeKinds}>;

/** `httproute/NAME` and its kin: a request for every host and match of the route. */
export function walkRoute(context: WalkContext, target: RouteTarget): readonly Path[] {
	const kind = routeKinds[target.kind];
	const namespace = target.namespace ?? context.namespace ?? 'default';
	// On OpenShift `route` is its own Route.
	if (/^routes?\b/iu.test(target.text) && context.snapshot.get('OpenShiftRoute', namespace, target.name)) {
		return walkRouter(context, {...target, kind: 'router', router: 'OpenShiftRoute', namespace});
	}

	const found = lookup(context.snapshot, kind, namespace, target.name);
	if ('unknown' in found) {
		return [unknownPath(target.text, {hop: 'route', kind, namespace, state: found.unknown})];
	}

	if ('missing' in found) {
		return [];
	}

	if (kind === 'UDPRoute') {
		return walkDatagrams(context, target.text, found.found);
	}

	const object = {kind, namespace, name: target.name};
	return routeRequests(context.snapshot, found.found).flatMap((request) =>
		walkUrl({...context, namespace}, connectionTo(context.snapshot, found.found, request.target), {object}),
	);
}

/** Of a TCPRoute: a connection to the port of its listener, whatever is sent through it. */
function connectionTo(snapshot: Snapshot, route: Route, asked: UrlTarget): UrlTarget {
	if (route.routeKind !== 'TCPRoute') {
		return asked;
	}

	const text = `tcproute/${route.name}`;
	const isAttached = attachments(snapshot, route).some(({answers}) =>
		answers.some(({state}) => state === 'attached'),
	);
	return {...asked, text: isAttached ? `${text} at port ${asked.request.port}` : text};
}

/** A route of datagrams: its backends are walked, whether its listeners take it is not. */
function walkDatagrams(context: WalkContext, title: string, route: Route): readonly Path[] {
	const {routeKind: kind, namespace} = route;
	const hop: HopEvaluation<HopKind> = {
		hop: {
			kind: 'route',
			status: 'unknown',
			basis: 'objects',
			subject: refOf(kind, route),
			summary: `knet does not follow ${kind}s to their listeners`,
			findings: [],
		},
	};
	const before = [
		...(['dns', 'load-balancer', 'controller'] as const).map((each) => skipped(each, 'not followed')),
		hop,
	];
	const backends = route.rules
		.flatMap(({backendRefs}) => backendRefs)
		.filter((ref) => ref.kind === 'Service' && ref.group === '');
	const behind = backends.flatMap((ref) =>
		servicePaths(hopContextOf({...context, from: {kind: 'node'}}), {
			namespace: ref.namespace ?? namespace,
			name: ref.name,
			servicePort: {number: ref.port},
			via: 'route',
			exposureType: 'cluster-ip',
		}),
	);
	return behind.length > 0
		? behind.map((hops) => judge({title, hops: [...before, ...hops]}))
		: [
				judge({
					title,
					hops: commonHopKinds.map((each) => (each === 'route' ? hop : notReached(each))),
				}),
			];
}
