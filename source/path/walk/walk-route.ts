import {lookup} from '../../model/snapshot.ts';
import {routeRequests} from '../route/gateway/route-requests.ts';
import type {Path} from '../report.ts';
import type {Target} from '../target.ts';
import type {WalkContext} from './context.ts';
import {unknownPath} from './unknown-path.ts';
import {walkUrl} from './walk-url.ts';

type RouteTarget = Extract<Target, {kind: 'httproute' | 'grpcroute'}>;

/** `httproute/NAME`, `grpcroute/NAME`: a request for every host and match of the route. */
export function walkRoute(context: WalkContext, target: RouteTarget): readonly Path[] {
	const kind = target.kind === 'httproute' ? 'HTTPRoute' : 'GRPCRoute';
	const namespace = target.namespace ?? context.namespace ?? 'default';
	const found = lookup(context.snapshot, kind, namespace, target.name);
	if ('unknown' in found) {
		return [unknownPath(target.text, {hop: 'route', kind, namespace, state: found.unknown})];
	}

	if ('missing' in found) {
		return [];
	}

	const object = {kind, namespace, name: target.name};
	return routeRequests(context.snapshot, found.found).flatMap((request) =>
		walkUrl({...context, namespace}, request.target, {object}),
	);
}
