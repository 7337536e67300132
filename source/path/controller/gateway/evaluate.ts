import type {Snapshot} from '../../../model/snapshot.ts';
import type {Gateway} from '../../../model/routes/gateway.ts';
import {accessFinding} from '../../access.ts';
import {gatewaySays} from '../controller-says.ts';
import {controllerObserved} from '../observed.ts';
import {controlPlaneNotReady} from '../control-plane.ts';
import type {ControllerDetails} from '../../details.ts';
import type {Finding} from '../../finding.ts';
import {evaluateClass} from './class-findings.ts';
import {findGatewayController} from '../find-gateway.ts';
import {evaluateGatewayState} from './gateway-findings.ts';
import {evaluateListeners, overlapFindings} from './listener-findings.ts';
import {lookupGateway} from '../../../rules/gateway-api/listeners/listener-sets.ts';
import {isForMesh} from '../../../rules/mesh/waypoint.ts';
import {setFindings} from './set-findings.ts';
import {statusOf} from '../../hop-status.ts';
import {companionsNotReady, notExposed, notReady, withoutEndpoints} from '../workload-findings.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../../hop-evaluator.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {type ServedGateway, planeOf, summaryOf, detailsOf} from './served-gateway.ts';
import {stopOf} from './stop-of-gateway.ts';
import type {GatewayInput} from './gateway-input.ts';
import {profileOf} from '../../../rules/gateway-api/profile.ts';
import {missing} from './gateway-missing.ts';
import {portsOf, neededListeners} from './needed-listeners.ts';

export type GatewayEvaluation = HopEvaluation<'controller'> & {
	readonly controller?: Controller;
	readonly gateway?: Gateway;
	/** Ports of listeners that the client's port leads to; empty without a request. */
	readonly listenerPorts: readonly number[];
};

/** The Gateway, its class and what serves it: findings 321 to 327. Source: apis/v1 Gateway and GatewayClass conditions. */
export const gatewayControllerEvaluator: HopEvaluator<'controller', GatewayInput, GatewayEvaluation> = {
	kind: 'controller',
	evaluate(hopContext, requested) {
		const {namespace, name} = requested.gateway;
		const found = lookupGateway(hopContext.snapshot, namespace, name);
		if ('unknown' in found) {
			const access = accessFinding('Gateway', namespace, found.unknown);
			return {
				...hopOf(requested, {summary: 'Gateways cannot be read', findings: access ? [access] : []}),
				listenerPorts: [],
			};
		}

		return 'missing' in found
			? {
					...hopOf(requested, {
						summary: 'no such Gateway',
						findings: missing(hopContext.snapshot, requested),
					}),
					stop: 'nobody',
					listenerPorts: [],
				}
			: resolveGateway(hopContext, requested, found.found);
	},
};

type HopText = {
	readonly summary: string;
	readonly findings: readonly Finding[];
	readonly details?: ControllerDetails;
};

function hopOf({gateway}: GatewayInput, {summary, findings, details}: HopText): HopEvaluation<'controller'> {
	return {
		hop: {
			kind: 'controller',
			status: statusOf(findings),
			basis: 'objects',
			subject: {kind: 'Gateway', ...gateway},
			summary,
			findings,
			details,
		},
	};
}

function resolveGateway(
	hopContext: HopContext,
	requested: GatewayInput,
	gateway: Gateway,
): GatewayEvaluation {
	const {snapshot} = hopContext;
	const {gatewayClass, findings} = evaluateClass(snapshot, gateway);
	const isBroken = statusOf(findings) === 'broken';
	// Nobody serves the Gateway: what its routes would do is not asked.
	if (!gatewayClass || isBroken) {
		const summary = `class ${gateway.className} ${gatewayClass ? 'not accepted' : isBroken ? 'missing' : 'not known'}`;
		return {
			...hopOf(requested, {summary, findings, details: {class: gateway.className}}),
			stop: isBroken ? 'nobody' : undefined,
			gateway: isBroken ? undefined : gateway,
			listenerPorts: [],
		};
	}

	const found = findGatewayController(hopContext, gateway, gatewayClass);
	return evaluated(hopContext, requested, {gateway, gatewayClass, ...found, findings});
}

/** The Gateway has a class that is accepted, and a controller. */
function evaluated(
	hopContext: HopContext,
	requested: GatewayInput,
	served: ServedGateway,
): GatewayEvaluation {
	const {gateway, controller, frontend} = served;
	const {snapshot, request} = hopContext;
	const listenerPorts = request ? portsOf(hopContext.snapshot, request, served) : [];
	const needed = neededListeners(hopContext, requested, {gateway, controller, listenerPorts});
	const health = healthOf(snapshot, served);
	const companions = frontend ? companionsNotReady(snapshot, controller, frontend) : [];
	const findings = [
		...gatewaySays(snapshot, controller, gateway),
		...served.findings,
		...evaluateGatewayState(gateway, planeOf(served)),
		...evaluateListeners({snapshot, gateway, profile: profileOf(controller)}, needed),
		...setFindings(snapshot, gateway, requested.set),
		...overlapFindings(gateway, needed),
		...health,
		...companions,
		...(frontend ? controlPlaneNotReady(controller) : []),
	];
	const broken = statusOf(findings) === 'broken';
	return {
		...hopOf(requested, {
			summary: summaryOf(served),
			findings,
			details: {...detailsOf(served), ...controllerObserved(snapshot, controller)},
		}),
		stop: !broken
			? undefined
			: statusOf(companions) === 'broken'
				? 'nobody'
				: stopOf(snapshot, served, {health: statusOf(health), needed}),
		controller,
		gateway,
		listenerPorts,
	};
}

/** Pods of a cloud's controller are on no path. */
function healthOf(snapshot: Snapshot, {gateway, controller, frontend}: ServedGateway): readonly Finding[] {
	return frontend && !controller.record.managed
		? [
				...notReady(controller, frontend),
				...withoutEndpoints(snapshot, controller, frontend),
				...(isForMesh(gateway) ? [] : notExposed(snapshot, controller, frontend)),
			]
		: [];
}
