import {lookup} from '../../model/snapshot.ts';
import {attachments} from '../../rules/gateway-api/attachment.ts';
import {routeRequests} from '../route/gateway/route-requests.ts';
import {allRoutes} from '../../rules/gateway-api/routes.ts';
import type {Path} from '../report.ts';
import {gatewayControllerEvaluator} from '../controller/gateway/evaluate.ts';
import type {Target} from '../target.ts';
import {hopContextOf, type WalkContext} from './context.ts';
import {judge} from './path-verdict.ts';
import {skipped} from './skipped.ts';
import {unknownPath} from './unknown-path.ts';
import {evaluateHop} from './evaluate-hop.ts';
import {walkUrl} from './walk-url.ts';

type GatewayTarget = Extract<Target, {kind: 'gateway'}>;

/** `gateway/NAME`: the Gateway itself, then a request for every match of the routes that name it. */
export function walkGateway(context: WalkContext, target: GatewayTarget): readonly Path[] {
	const namespace = target.namespace ?? context.namespace ?? 'default';
	const found = lookup(context.snapshot, 'Gateway', namespace, target.name);
	if ('unknown' in found) {
		return [unknownPath(target.text, {hop: 'controller', kind: 'Gateway', namespace, state: found.unknown})];
	}

	const gateway = {namespace, name: target.name};
	if ('missing' in found) {
		// Without the API there is no Gateway to look for: that is the answer (KNET327).
		const isAbsent = context.snapshot.state('Gateway', namespace).state === 'absent';
		return isAbsent ? [itself(context, gateway)] : [];
	}

	// Its routes are entries of their own.
	if (context.detail === 'overview') {
		return [itself(context, gateway)];
	}

	const routes = allRoutes(context.snapshot, undefined).filter((route) =>
		attachments(context.snapshot, route).some(
			({gatewayName}) => gatewayName?.namespace === namespace && gatewayName.name === target.name,
		),
	);
	const requests = routes.flatMap((route) => routeRequests(context.snapshot, route));
	const object = {kind: 'Gateway', ...gateway};
	return [
		itself(context, gateway),
		...requests.flatMap((request) => walkUrl({...context, namespace: undefined}, request.target, {object})),
	];
}

function itself(context: WalkContext, gateway: {readonly namespace: string; readonly name: string}): Path {
	const hop = evaluateHop(gatewayControllerEvaluator, hopContextOf(context), {gateway});
	const behind = (['route', 'service', 'endpoints', 'kube-proxy', 'network-policy', 'pod'] as const).map(
		(kind) => skipped(kind, 'asked by route'),
	);
	return judge({
		title: `gateway/${gateway.name}`,
		hops: [skipped('dns', 'asked by route'), skipped('load-balancer', 'asked by route'), hop, ...behind],
		controller: hop.controller,
	});
}
