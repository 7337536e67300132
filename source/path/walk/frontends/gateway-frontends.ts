import type {Gateway, Route} from '../../../model/routes/gateway.ts';
import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Service} from '../../../model/services/service.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {objectField, type EvidenceField} from '../../finding.ts';
import type {TlsEnd} from '../../../rules/load-balancers/tls-before.ts';
import {gatewaysFor, type GatewayFor} from '../../../rules/gateway-api/listeners/gateways-for.ts';
import {gatewayControllerEvaluator, type GatewayEvaluation} from '../../controller/gateway/evaluate.ts';
import type {GatewayRouteEvaluation, GatewayRouteInput} from '../../route/gateway/routing.ts';
import {cutting} from './cutting.ts';
import {gatewayRouteEvaluator} from '../../route/gateway/evaluate.ts';
import type {HopContext} from '../../hop-evaluator.ts';
import type {UrlTarget} from '../../target.ts';
import type {Focus} from './only-route.ts';
import type {Frontend} from './frontend.ts';
import {seenBehind, asUnanswered} from './behind-tls.ts';
import {skipped} from '../skipped.ts';
import {evaluateHop} from '../evaluate-hop.ts';

/** A frontend for every Gateway whose listeners or routes name the host best, also for one that a route names in vain. */
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

type Served = {readonly found: GatewayFor; readonly focus: Focus};

function frontend(hopContext: HopContext, {request}: UrlTarget, served: Served): Frontend {
	const {found} = served;
	const {namespace, name} = found.gateway;
	const {seen, tlsEnds, service, controllerHop} = controllerHopOf(hopContext, request, found);
	const {controller} = controllerHop;
	// Its status is there to read, also where nobody serves it.
	const object = hopContext.snapshot.get('Gateway', namespace, name);
	const {routeHop, backends, answeredBy, passes} = routeHopOf(
		{...hopContext, request: seen},
		controllerHop,
		served,
	);
	return {
		name: `Gateway ${namespace}/${name}`,
		hopContext,
		request,
		controllerHop,
		controller: controller && passes ? cutting(controller, passes) : controller,
		service,
		tlsEnds,
		...addressesOf(object, found.routes[0], controller),
		fit: found.fit,
		routeHop: asUnanswered(routeHop, tlsEnds),
		backends,
		answeredBy,
	};
}

type ControllerHop = {
	/** The request as the Gateway gets it, and where its TLS ended before. */
	readonly seen: HttpRequest;
	readonly tlsEnds?: TlsEnd;
	/** The Service that clients reach the controller by. */
	readonly service?: Service;
	readonly controllerHop: GatewayEvaluation;
};

function controllerHopOf(
	hopContext: HopContext,
	request: HttpRequest,
	{gateway, routes}: GatewayFor,
): ControllerHop {
	const evaluate = (asked: HttpRequest) =>
		evaluateHop(
			gatewayControllerEvaluator,
			{...hopContext, request: asked},
			{gateway, parentRefFrom: routes[0]},
		);
	const direct = evaluate(request);
	const service = direct.controller?.services[0];
	const {request: seen, tlsEnds} = seenBehind(hopContext, service, request);
	return {seen, tlsEnds, service, controllerHop: tlsEnds ? evaluate(seen) : direct};
}

function routeHopOf(
	hopContext: HopContext & {readonly request: HttpRequest},
	{gateway, controller, listenerPorts}: GatewayEvaluation,
	{found, focus}: Served,
): Pick<Frontend, 'routeHop' | 'backends' | 'answeredBy'> & Pick<GatewayRouteEvaluation, 'passes'> {
	if (!gateway) {
		return {routeHop: skipped('route', 'no Gateway serves these rules'), backends: []};
	}

	const listenerPort = listenerPorts[0] ?? hopContext.request.port;
	const routeHop = evaluateHop(gatewayRouteEvaluator, hopContext, {
		gateway,
		controller,
		listenerPort,
		focus: focusOf(focus, found),
	});
	const {backends, answeredBy, passes} = routeHop;
	return {routeHop, backends, answeredBy, passes};
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

function statedBy(gateway: Gateway): EvidenceField {
	const object = refOf('Gateway', gateway);
	const values = gateway.addresses.map(({value}) => value);
	return values.length === 0
		? objectField(object, 'status.addresses', 'empty')
		: objectField(object, 'status.addresses[].value', values.join(', '));
}

/** The route that was asked about; without one, the route that names the host, so that its own faults are told. */
function focusOf({object}: Focus, {routes}: GatewayFor): GatewayRouteInput['focus'] {
	if (object && object.kind !== 'Gateway') {
		return {kind: object.kind, namespace: object.namespace ?? '', name: object.name, isAsked: true};
	}

	const route = routes.length === 1 ? routes[0] : undefined;
	return route && {kind: route.routeKind, namespace: route.namespace, name: route.name};
}
