import type {Gateway, GatewayClass, Listener, Route} from '../../../model/gateway.ts';
import {refText} from '../../../model/ref.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import type {Workload} from '../../../model/workload.ts';
import {accessFinding} from '../../access.ts';
import {controllerObserved} from '../observed.ts';
import type {ControllerDetails} from '../../details.ts';
import {type Finding, finding} from '../../finding.ts';
import {judgeClass} from './class-findings.ts';
import {findGatewayController} from '../find-gateway.ts';
import {matchesHostname} from '../../../rules/gateway-api/hostnames.ts';
import {judgeGateway} from './gateway-findings.ts';
import {judgeListeners} from './listener-findings.ts';
import {isUnresolvedPort, listenerPortsFor} from '../../../rules/gateway-api/listener-ports.ts';
import {listenersFor} from '../../../rules/gateway-api/listeners.ts';
import {profileOf} from '../../../rules/gateway-api/profile.ts';
import {speaks} from '../../../rules/gateway-api/select.ts';
import {statusOf} from '../../hop-status.ts';
import {notExposed, notReady, withoutEndpoints} from '../workload-findings.ts';
import {nearest} from '../../nearest.ts';
import type {Resolved, Resolver, Visit} from '../../resolver.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Controller} from '../../../rules/controllers/controller.ts';
import {gatewayFindings} from './catalogue.ts';

export type GatewayAsked = {
	readonly gateway: {readonly namespace: string; readonly name: string};
	/** The listener the request needs. Absent: those that the request of the visit needs, or all. */
	readonly listener?: string;
	/** The route that led here, for the words. */
	readonly parentRefFrom?: Pick<Route, 'routeKind' | 'namespace' | 'name'>;
};

export type GatewayResolved = Resolved<'controller'> & {
	readonly controller?: Controller;
	readonly gateway?: Gateway;
	/** Ports of listeners that the client's port leads to; empty without a request. */
	readonly listenerPorts: readonly number[];
};

/** The Gateway, its class and what serves it: findings 321 to 327. Source: apis/v1 Gateway and GatewayClass conditions. */
export const gatewayControllerResolver: Resolver<'controller', GatewayAsked, GatewayResolved> = {
	kind: 'controller',
	resolve(visit, asked) {
		const {namespace, name} = asked.gateway;
		const found = lookup(visit.snapshot, 'Gateway', namespace, name);
		if ('unknown' in found) {
			const access = accessFinding('Gateway', namespace, found.unknown);
			return {
				...hopOf(asked, {summary: 'Gateways cannot be read', findings: access ? [access] : []}),
				listenerPorts: [],
			};
		}

		return 'missing' in found
			? {
					...hopOf(asked, {summary: 'no such Gateway', findings: missing(visit.snapshot, asked)}),
					stop: 'nobody',
					listenerPorts: [],
				}
			: resolveGateway(visit, asked, found.found);
	},
};

type HopText = {
	readonly summary: string;
	readonly findings: readonly Finding[];
	readonly details?: ControllerDetails;
};

function hopOf({gateway}: GatewayAsked, {summary, findings, details}: HopText): Resolved<'controller'> {
	return {
		hop: {
			kind: 'controller',
			status: statusOf(findings),
			basis: 'objects',
			subject: {kind: 'Gateway', ...gateway},
			summary,
			findings,
			...(details ? {details} : {}),
		},
	};
}

function missing(snapshot: Snapshot, {gateway, parentRefFrom}: GatewayAsked): readonly Finding[] {
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

function resolveGateway(visit: Visit, asked: GatewayAsked, gateway: Gateway): GatewayResolved {
	const {snapshot} = visit;
	const {gatewayClass, findings} = judgeClass(snapshot, gateway);
	const isBroken = statusOf(findings) === 'broken';
	// Nobody serves the Gateway: what its routes would do is not asked.
	if (!gatewayClass || isBroken) {
		const summary = `class ${gateway.className} ${gatewayClass ? 'not accepted' : isBroken ? 'missing' : 'not known'}`;
		return {
			...hopOf(asked, {summary, findings, details: {class: gateway.className}}),
			...(isBroken ? {stop: 'nobody' as const} : {gateway}),
			listenerPorts: [],
		};
	}

	const found = findGatewayController(visit, gateway, gatewayClass);
	return judged(visit, asked, {gateway, gatewayClass, ...found, findings});
}

type Known = {
	readonly gateway: Gateway;
	readonly gatewayClass: GatewayClass;
	readonly controller: Controller;
	readonly front?: Workload;
	readonly findings: readonly Finding[];
};

function judged(visit: Visit, asked: GatewayAsked, known: Known): GatewayResolved {
	const {gateway, controller, front} = known;
	const {snapshot, request} = visit;
	const listenerPorts = request ? portsOf(visit.snapshot, request, known) : [];
	const needed = neededListeners(visit, asked, {gateway, controller, listenerPorts});
	const health = front
		? [
				...notReady(controller, front),
				...withoutEndpoints(snapshot, controller, front),
				...notExposed(snapshot, controller, front),
			]
		: [];
	const findings = [
		...known.findings,
		...judgeGateway(gateway),
		...judgeListeners(snapshot, gateway, needed),
		...health,
	];
	const broken = statusOf(findings) === 'broken';
	return {
		...hopOf(asked, {
			summary: summaryOf(known),
			findings,
			details: {...detailsOf(known), ...controllerObserved(snapshot, controller)},
		}),
		...(broken
			? {stop: statusOf(health) === 'broken' ? ('no-endpoints' as const) : ('nobody' as const)}
			: {}),
		controller,
		gateway,
		listenerPorts,
	};
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
	{request}: Visit,
	{listener}: GatewayAsked,
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

function summaryOf({controller, gatewayClass, front}: Known): string {
	const ready = front ? ` ${front.readyReplicas}/${front.replicas} ready` : '';
	return `${controller.implementation}${ready}, class ${gatewayClass.name}`;
}

function detailsOf({controller, gatewayClass, front}: Known): ControllerDetails {
	return {
		class: gatewayClass.name,
		controller: controller.controllerName,
		implementation: controller.implementation,
		profile: profileOf(controller).name,
		...(controller.assumed.length > 0 ? {assumed: controller.assumed} : {}),
		...(controller.workload ? {workload: controller.workload} : {}),
		...(front ? {ready: front.readyReplicas, total: front.replicas} : {}),
		...(controller.bypassesProxy === undefined ? {} : {bypassesProxy: controller.bypassesProxy}),
	};
}
