import type {Gateway, GatewayClass} from '../../model/gateway.ts';
import type {Workload} from '../../model/workload.ts';
import {podsOf} from './exposure.ts';
import {workloadRef} from './make.ts';
import {flagsOf} from './workload-flags.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {dataPlaneOf} from './data-plane.ts';
import {knownGatewayController, type KnownGatewayController} from '../../rules/controllers/known-gateway.ts';
import type {Controller} from '../../rules/controllers/controller.ts';

/** What serves a Gateway; `front` is the workload that has the clients' connections, where it was found. */
export function findGatewayController(
	hopContext: HopContext,
	gateway: Gateway,
	gatewayClass: GatewayClass,
): {readonly controller: Controller; readonly frontend?: Workload} {
	const {controllerName} = gatewayClass;
	const known = knownGatewayController(controllerName);
	const {services, frontend} = dataPlaneOf(hopContext.snapshot, gateway, known);
	const controller: Controller = {
		implementation: known?.implementation ?? controllerName,
		profile: known?.profile ?? 'spec',
		controllerName,
		className: gatewayClass.name,
		managed: known?.managed ?? false,
		...(frontend ? {workload: workloadRef(frontend)} : {}),
		pods: frontend ? podsOf(hopContext, frontend.workload) : [],
		services,
		bypassesProxy: known?.bypassesProxy,
		// Traefik's Gateway provider, other than its Ingress provider (gateway/kubernetes.go getBackendAddresses).
		...(known?.profile === 'traefik' ? {chooses: 'ready-said' as const} : {}),
		answers: answersOf(known),
		flags: frontend ? flagsOf(frontend.workload) : {},
		assumed: known ? [] : ['the rules of Gateway API: this controller is not known to knet'],
	};
	return {controller, ...(frontend ? {frontend: frontend.workload} : {})};
}

/** apis/v1 HTTPRouteRule: 404 without a match, 500 for a reference that cannot be followed, 503 without endpoints. */
function answersOf(known: KnownGatewayController | undefined): Controller['answers'] {
	return {
		'no-rule': 'http-404',
		'invalid-backend': 'http-500',
		'no-backend': 'http-500',
		'no-endpoints': 'http-503',
		...(known?.profile === 'traefik'
			? {refused: 'http-502', unreachable: 'http-502', dropped: 'http-504'}
			: {}),
	};
}
