import type {Gateway, GatewayClass, Listener, Route} from '../../../model/gateway.ts';
import {refText} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Workload} from '../../../model/workload.ts';
import {accessFinding} from '../../access.ts';
import {gatewaySays} from '../controller-says.ts';
import {controllerObserved} from '../observed.ts';
import type {ControllerDetails} from '../../details.ts';
import {type Finding, finding} from '../../finding.ts';
import {evaluateClass} from './class-findings.ts';
import {findGatewayController} from '../find-gateway.ts';
import {matchesHostname} from '../../../rules/gateway-api/hostnames.ts';
import {evaluateGatewayState, type PlaneState} from './gateway-findings.ts';
import {evaluateListeners, overlapFindings, problemOf} from './listener-findings.ts';
import {isUnresolvedPort, listenerPortsFor} from '../../../rules/gateway-api/listener-ports.ts';
import {lookupGateway} from '../../../rules/gateway-api/listener-sets.ts';
import {isForMesh} from '../../../rules/mesh/waypoint.ts';
import {listenersFor} from '../../../rules/gateway-api/listeners.ts';
import {profileOf, type GatewayProfile} from '../../../rules/gateway-api/profile.ts';
import {speaks} from '../../../rules/gateway-api/select.ts';
import {statusOf} from '../../hop-status.ts';
import type {HopStatus} from '../../hop.ts';
import type {StopReason} from '../../../rules/stop.ts';
import {findCondition} from '../../../model/meta.ts';
import {companionsNotReady, notExposed, notReady, withoutEndpoints} from '../workload-findings.ts';
import {nearest} from '../../nearest.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../../hop-evaluator.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Controller} from '../../../rules/controllers/controller.ts';
import {gatewayFindings} from './catalogue.ts';

export type GatewayInput = {
	readonly gateway: {readonly namespace: string; readonly name: string};
	/** The listener the request needs. Absent: those that the request of the visit needs, or all. */
	readonly listener?: string;
	/** The route that led here, for the words. */
	readonly parentRefFrom?: Pick<Route, 'routeKind' | 'namespace' | 'name'>;
};

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

function missing(snapshot: Snapshot, {gateway, parentRefFrom}: GatewayInput): readonly Finding[] {
	const {namespace, name} = gateway;
	const names = snapshot.list('Gateway').map((each) => `${each.namespace}/${each.name}`);
	const same = names.find((each) => each.endsWith(`/${name}`));
	const near = same ?? nearest(`${namespace}/${name}`, names)[0];
	const who = parentRefFrom
		? `${parentRefFrom.routeKind} ${parentRefFrom.namespace}/${parentRefFrom.name} names the Gateway ${namespace}/${name}, which`
		: `Gateway ${namespace}/${name}`;
	const error = finding(gatewayFindings.gatewayMissing, {
		message: `${who} does not exist${near ? `; there is ${near}` : ''}.`,
		evidence: [
			{
				object: parentRefFrom
					? refText({
							kind: parentRefFrom.routeKind,
							namespace: parentRefFrom.namespace,
							name: parentRefFrom.name,
						})
					: refText({kind: 'Gateway', namespace, name}),
				path: parentRefFrom ? 'spec.parentRefs[].name' : 'metadata.name',
				value: parentRefFrom ? name : 'does not exist',
			},
		],
		remedy: near
			? `Name the Gateway ${near} in parentRefs.`
			: `Create the Gateway, or ${parentRefFrom ? 'name one that exists in parentRefs' : 'ask for one that exists'}.`,
		command: 'kubectl get gateway -A',
	});
	const state = snapshot.state('Gateway', namespace);
	return state.state === 'absent' ? [error, apiAbsent()] : [error];
}

function apiAbsent(): Finding {
	return finding(gatewayFindings.gatewayApiAbsent, {
		message: 'The cluster has no Gateway API: its custom resource definitions are not installed.',
		evidence: [{object: 'gateway.networking.k8s.io', path: 'resources', value: 'none'}],
		remedy: 'Install Gateway API and a controller for it, or use an Ingress.',
		command: 'kubectl api-resources --api-group=gateway.networking.k8s.io',
	});
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
			...(isBroken ? {stop: 'nobody' as const} : {gateway}),
			listenerPorts: [],
		};
	}

	const found = findGatewayController(hopContext, gateway, gatewayClass);
	return evaluated(hopContext, requested, {gateway, gatewayClass, ...found, findings});
}

type Known = {
	readonly gateway: Gateway;
	readonly gatewayClass: GatewayClass;
	readonly controller: Controller;
	readonly frontend?: Workload;
	readonly findings: readonly Finding[];
};

function evaluated(hopContext: HopContext, requested: GatewayInput, known: Known): GatewayEvaluation {
	const {gateway, controller, frontend} = known;
	const {snapshot, request} = hopContext;
	const listenerPorts = request ? portsOf(hopContext.snapshot, request, known) : [];
	const needed = neededListeners(hopContext, requested, {gateway, controller, listenerPorts});
	// Pods of a cloud's controller are on no path.
	const health =
		frontend && !controller.managed
			? [
					...notReady(controller, frontend),
					...withoutEndpoints(snapshot, controller, frontend),
					...(isForMesh(gateway) ? [] : notExposed(snapshot, controller, frontend)),
				]
			: [];
	const companions = frontend ? companionsNotReady(snapshot, controller, frontend) : [];
	const findings = [
		...gatewaySays(snapshot, controller, gateway),
		...known.findings,
		...evaluateGatewayState(gateway, planeOf(known)),
		...evaluateListeners(snapshot, gateway, needed),
		...overlapFindings(gateway, needed),
		...health,
		...companions,
	];
	const broken = statusOf(findings) === 'broken';
	return {
		...hopOf(requested, {
			summary: summaryOf(known),
			findings,
			details: {...detailsOf(known), ...controllerObserved(snapshot, controller)},
		}),
		stop: !broken
			? undefined
			: statusOf(companions) === 'broken'
				? 'nobody'
				: stopOf(snapshot, known, {health: statusOf(health), needed}),
		controller,
		gateway,
		listenerPorts,
	};
}

/** What a client meets where the Gateway does not serve it. */
function stopOf(
	snapshot: Snapshot,
	{gateway, controller, findings}: Known,
	{health, needed}: {readonly health: HopStatus; readonly needed: readonly Listener[] | undefined},
): StopReason {
	if (health === 'broken') {
		return 'no-endpoints';
	}

	const isOfListeners = statusOf([...findings, ...evaluateGatewayState(gateway, 'ready')]) !== 'broken';
	return isOfListeners && needed
		? stopOfListeners(snapshot, {gateway, needed}, profileOf(controller))
		: 'nobody';
}

function stopOfListeners(
	snapshot: Snapshot,
	{gateway, needed}: {readonly gateway: Gateway; readonly needed: readonly Listener[]},
	{lostListener, answersForeignPorts}: GatewayProfile,
): StopReason {
	const accepted = (name: string) =>
		findCondition(
			gateway.listenerStatus.find((status) => status.name === name)?.conditions ?? [],
			'Accepted',
		);
	if (answersForeignPorts && needed.every(({name}) => accepted(name)?.reason === 'PortUnavailable')) {
		return 'no-rule';
	}

	const takesTls = needed.some(({protocol}) => protocol !== 'HTTP');
	const isPortOpen = gateway.listeners.some(
		(listener) => needed.some(({port}) => port === listener.port) && !problemOf(snapshot, gateway, listener),
	);
	if (lostListener === 'refused' && isPortOpen) {
		return takesTls ? 'tls-error' : 'no-rule';
	}

	return lostListener === 'tls-error' && !takesTls ? 'nobody' : (lostListener ?? 'nobody');
}

function planeOf({controller, frontend}: Known): PlaneState {
	if (controller.managed) {
		return 'absent';
	}

	return frontend ? (frontend.readyReplicas > 0 ? 'ready' : 'not-ready') : 'unknown';
}

/** Where no Service maps the client's port, or to none that is known, listeners that could have answered are taken to be meant. */
function portsOf(snapshot: Snapshot, request: HttpRequest, {gateway, controller}: Known): readonly number[] {
	const ports = listenerPortsFor(snapshot, controller, {gateway, clientPort: request.port});
	const isMapped = controller.services.length > 0 && !isUnresolvedPort(snapshot, controller, request.port);
	return ports.length > 0 || isMapped
		? ports
		: gateway.listeners
				.filter(
					({protocol, hostname}) =>
						speaks(protocol, request.scheme) && matchesHostname(hostname, request.host),
				)
				.map(({port}) => port);
}

type Serving = {
	readonly gateway: Gateway;
	readonly controller: Controller;
	readonly listenerPorts: readonly number[];
};

function neededListeners(
	{request}: HopContext,
	{listener}: GatewayInput,
	{gateway, controller, listenerPorts}: Serving,
): readonly Listener[] | undefined {
	if (listener !== undefined) {
		return gateway.listeners.filter(({name}) => name === listener);
	}

	if (!request) {
		return undefined;
	}

	const all = listenerPorts.flatMap((port) => listenersFor(gateway, {port, host: request.host}));
	// A TCP listener of the port takes what no listener for HTTP does.
	const http = all.filter(({protocol}) => protocol === 'HTTP' || protocol === 'HTTPS');
	const fitting = http.length > 0 ? http : all;
	return profileOf(controller).isolatesListeners ? fitting.slice(0, 1) : fitting;
}

function summaryOf({controller, gatewayClass, frontend}: Known): string {
	const ready = frontend ? ` ${frontend.readyReplicas}/${frontend.replicas} ready` : '';
	return `${controller.implementation}${ready}, class ${gatewayClass.name}`;
}

function detailsOf({controller, gatewayClass, frontend}: Known): ControllerDetails {
	return {
		class: gatewayClass.name,
		controller: controller.controllerName,
		implementation: controller.implementation,
		profile: profileOf(controller).name,
		assumed: controller.assumed.length > 0 ? controller.assumed : undefined,
		workload: controller.workload,
		ready: frontend?.readyReplicas,
		total: frontend?.replicas,
		bypassesProxy: controller.bypassesProxy,
	};
}
