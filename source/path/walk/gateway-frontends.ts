import type {Gateway, Route} from '../../model/gateway.ts';
import {refOf, refText} from '../../model/ref.ts';
import type {HttpRequest} from '../../model/request.ts';
import type {Controller} from '../../rules/controllers/controller.ts';
import {objectField, type EvidenceField} from '../finding.ts';
import {gatewaysFor, type GatewayFor} from '../../rules/gateway-api/gateways-for.ts';
import {gatewayControllerEvaluator} from '../controller/gateway/evaluate.ts';
import {gatewayRouteEvaluator} from '../route/gateway/evaluate.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {UrlTarget} from '../target.ts';
import type {Focus} from './only-route.ts';
import type {Frontend} from './frontend.ts';
import {seenBehind, withoutAnswer} from './behind-tls.ts';
import {skipped} from './skipped.ts';
import {evaluateHop} from './evaluate-hop.ts';
import type {GatewayRouteInput} from '../route/gateway/routing.ts';

/** A front for every Gateway whose listeners or routes name the host best, also for one that a route names in vain. */
export function gatewayFrontends(
	hopContext: HopContext,
	target: UrlTarget,
	focus: Focus,
): readonly Frontend[] {
	const all = gatewaysFor(hopContext.snapshot, target.request.host, focus);
	const best = Math.max(0, ...all.map(({fit}) => fit));
	return all
		.filter(({fit}) => fit === best)
		.map((found) => frontend({...hopContext, request: target.request}, target, {found, focus}));
}

function frontend(
	hopContext: HopContext,
	{request}: UrlTarget,
	{found, focus}: {readonly found: GatewayFor; readonly focus: Focus},
): Frontend {
	const route = found.routes[0];
	const evaluate = (asked: HttpRequest) =>
		evaluateHop(
			gatewayControllerEvaluator,
			{...hopContext, request: asked},
			{gateway: found.gateway, parentRefFrom: route},
		);
	const direct = evaluate(request);
	const [service] = direct.controller?.services ?? [];
	const {request: seen, tlsEnds} = seenBehind(hopContext, service, request);
	const controllerHop = tlsEnds ? evaluate(seen) : direct;
	const {controller, gateway} = controllerHop;
	// Its status is there to read, also where nobody serves it.
	const object = hopContext.snapshot.get('Gateway', found.gateway.namespace, found.gateway.name);
	const shared = {
		name: `Gateway ${found.gateway.namespace}/${found.gateway.name}`,
		hopContext,
		request,
		controllerHop,
		controller,
		service,
		tlsEnds,
		...addressesOf(object, route, controller),
		fit: found.fit,
	};
	if (!gateway) {
		return {
			...shared,
			routeHop: skipped('route', 'no Gateway serves these rules'),
			backends: [],
		};
	}

	const evaluated = evaluateHop(
		gatewayRouteEvaluator,
		{...hopContext, request: seen},
		{
			gateway,
			controller,
			listenerPort: controllerHop.listenerPorts[0] ?? request.port,
			focus: focusOf(focus, found),
		},
	);
	const routeHop = withoutAnswer(evaluated, tlsEnds);
	return {...shared, routeHop, backends: routeHop.backends, answeredBy: routeHop.answeredBy};
}

/** Where clients go, and where that stands. A route may have an address of its own (VPC Lattice). */
function addressesOf(
	gateway: Gateway | undefined,
	route: Route | undefined,
	controller: Controller | undefined,
): Pick<Frontend, 'addresses' | 'stated'> {
	const annotation = controller?.record.gateway?.routeAddress ?? '';
	const own = route?.annotations[annotation];
	return route && own !== undefined
		? {
				addresses: [{hostname: own}],
				stated: [objectField(refOf(route.routeKind, route), `metadata.annotations[${annotation}]`, own)],
			}
		: {
				addresses: (gateway?.addresses ?? []).map(({type, value}) =>
					type === 'Hostname' ? {hostname: value} : {ip: value},
				),
				stated: gateway ? [statedBy(gateway)] : [],
			};
}

function statedBy({namespace, name, addresses}: Gateway): EvidenceField {
	const object = refText({kind: 'Gateway', namespace, name});
	return addresses.length === 0
		? {object, path: 'status.addresses', value: 'empty'}
		: {object, path: 'status.addresses[].value', value: addresses.map(({value}) => value).join(', ')};
}

/** The route that was asked about; without one, the route that names the host, so that its own faults are told. */
function focusOf({object}: Focus, {routes}: GatewayFor): GatewayRouteInput['focus'] {
	if (object && object.kind !== 'Gateway') {
		return {kind: object.kind, namespace: object.namespace ?? '', name: object.name, isAsked: true};
	}

	const route = routes.length === 1 ? routes[0] : undefined;
	return route && {kind: route.routeKind, namespace: route.namespace, name: route.name};
}
