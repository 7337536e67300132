import {lookup} from '../../../model/snapshot.ts';
import type {Attachment} from '../../../rules/gateway-api/listeners/attachment.ts';
import {attachments} from '../../../rules/gateway-api/listeners/delegation.ts';
import {routeRequests} from '../../route/gateway/route-requests.ts';
import {allRoutes} from '../../../rules/gateway-api/routes.ts';
import type {Path} from '../../report.ts';
import {gatewayControllerEvaluator} from '../../controller/gateway/evaluate.ts';
import type {GatewayInput} from '../../controller/gateway/gateway-input.ts';
import type {Target} from '../../target.ts';
import {hopContextOf, type WalkContext} from '../context.ts';
import {judge} from '../path-verdict.ts';
import {hopsBehindRoute, skipped} from '../skipped.ts';
import {unknownPath} from '../unknown-path.ts';
import {evaluateHop} from '../evaluate-hop.ts';
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

	return [
		itself(context, gateway),
		...pathsOfRoutes(
			context,
			gateway,
			({gatewayName}) => gatewayName?.namespace === namespace && gatewayName.name === target.name,
		),
	];
}

/** A request for every match of the routes that are attached so. */
export function pathsOfRoutes(
	context: WalkContext,
	gateway: NonNullable<Attachment['gatewayName']>,
	isMeant: (attachment: Attachment) => boolean,
): readonly Path[] {
	const object = {kind: 'Gateway', ...gateway};
	return allRoutes(context.snapshot, undefined)
		.filter((route) => attachments(context.snapshot, route).some(isMeant))
		.flatMap((route) => routeRequests(context.snapshot, route))
		.flatMap((request) => walkUrl({...context, namespace: undefined}, request.target, {object}));
}

function itself(context: WalkContext, gateway: {readonly namespace: string; readonly name: string}): Path {
	return gatewayPath(context, `gateway/${gateway.name}`, {gateway});
}

/** A Gateway without a request. */
export function gatewayPath(context: WalkContext, title: string, input: GatewayInput): Path {
	const hop = evaluateHop(gatewayControllerEvaluator, hopContextOf(context), input);
	const behind = (['route', ...hopsBehindRoute] as const).map((kind) => skipped(kind, 'asked by route'));
	return judge({
		title,
		hops: [skipped('dns', 'asked by route'), skipped('load-balancer', 'asked by route'), hop, ...behind],
		controller: hop.controller,
	});
}
