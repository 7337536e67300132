import {isGrpc} from '../../../../rules/grpc-status.ts';
import type {HttpRequest} from '../../../../model/request.ts';
import {kubectl} from '../../../../model/safe-text/command.ts';
import type {Gateway} from '../../../../model/routes/gateway.ts';
import type {Service, ServicePort} from '../../../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../../../model/snapshot.ts';
import type {Controller} from '../../../../rules/controllers/record/controller.ts';
import type {GatewayProtocol} from '../../../../rules/controllers/record/gateway-side.ts';
import type {Backend} from '../../../../rules/gateway-api/backends.ts';
import {tlsPoliciesOf} from '../../../../rules/gateway-api/policies.ts';
import type {Candidate} from '../../../../rules/gateway-api/candidate.ts';
import {atMostWarning, type Finding, finding} from '../../../finding.ts';
import {routeFindings} from '../../catalogue.ts';
import {mayLackHttp2, portField, protocolName, saidOf, tlsDiffers, type Said} from '../../../port-speaks.ts';
import type {StopReason} from '../../../../rules/stop.ts';

type ProtocolInput = {
	readonly gateway: Gateway;
	readonly controller: Controller | undefined;
	readonly winner: Candidate;
	readonly backends: readonly Backend[];
	readonly request: HttpRequest;
};

/** What is wrong with the protocol of a backend, and why a request of the rule stops there. */
export type ProtocolProblem = {readonly finding: Finding; readonly stop: StopReason};

/** KNET418 and KNET420: the Gateway speaks another protocol than the port of a backend, or does not trust its certificate. */
export function backendProtocols(snapshot: Snapshot, input: ProtocolInput): readonly ProtocolProblem[] {
	const used = input.backends.filter(({share}) => share > 0);
	const found = used.flatMap((backend) => ofBackend(snapshot, backend, input) ?? []);
	// Some of the traffic still has somewhere to go.
	return found.length < used.length
		? found.map((each) => ({...each, finding: atMostWarning(each.finding)}))
		: found;
}

function ofBackend(
	snapshot: Snapshot,
	backend: Backend,
	{gateway, controller, winner: {route}, request}: ProtocolInput,
): ProtocolProblem | undefined {
	const {ref, result} = backend;
	const speaks = controller?.record.gateway?.speaks;
	const service = result.state === 'resolved' ? result.service : undefined;
	const port = service?.ports.find((each) => each.port === ref.port && each.protocol === 'TCP');
	const isHttp = route.routeKind === 'HTTPRoute' || route.routeKind === 'GRPCRoute';
	if (!speaks || !service || !port || !isHttp || mayHavePolicy(snapshot, backend)) {
		return undefined;
	}

	const said = saidOf(snapshot, service, port);
	const spoken = speaks({snapshot, service, port, routeKind: route.routeKind, gateway}, controller.flags);
	return problemOf({controller, service, port, spoken, route}, said, isGrpc(request));
}

function problemOf(
	known: Known,
	said: Said | undefined,
	isAskedByGrpc: boolean,
): ProtocolProblem | undefined {
	const {spoken, route, port} = known;
	if (said && differ(spoken, said)) {
		const stop = spoken.tls && !said.tls ? 'backend-tls' : 'nobody';
		return {finding: protocolFinding({...known, said}), stop};
	}

	if (route.routeKind === 'GRPCRoute' && isAskedByGrpc && spoken.http2 === false && !spoken.tls) {
		return {finding: grpcOverHttp1(known), stop: 'reset'};
	}

	return spoken.distrusts
		? {finding: distrusted(known), stop: 'backend-tls'}
		: mayLackHttp2(spoken, said, port)
			? {finding: perhapsHttp1({...known, said}), stop: 'nobody'}
			: undefined;
}

function differ(spoken: GatewayProtocol, said: Said): boolean {
	return tlsDiffers(spoken, said) || (spoken.http2 === false && said.http2 === true && !said.tls);
}

/** A policy for the Service, or for this port of it, makes the Gateway speak TLS. */
function mayHavePolicy(snapshot: Snapshot, backend: Backend): boolean {
	return (
		!isKnown(snapshot.state('BackendTLSPolicy', backend.namespace)) ||
		tlsPoliciesOf(snapshot, backend).length > 0
	);
}

type Known = {
	readonly controller: Controller;
	readonly service: Service;
	readonly port: ServicePort;
	readonly spoken: GatewayProtocol;
	readonly route: Candidate['route'];
};

type Different = Known & {readonly said: Said};

function protocolFinding({controller, service, port, said, spoken, route}: Different): Finding {
	return finding(routeFindings.backendProtocolDiffers, {
		message: `${controller.implementation} speaks ${spoken.tls ? 'TLS' : said.tls ? 'plain HTTP' : 'HTTP/1.1'} to Service ${service.name}, and its port ${port.port} speaks ${protocolName(said)}.`,
		evidence: [said.by],
		remedy: spoken.tls
			? `Let ${spoken.setBy} say plain HTTP.`
			: said.tls
				? `Add a BackendTLSPolicy for Service ${service.name}, or send to a port that speaks plain HTTP.`
				: `Let ${spoken.setBy} say HTTP/2 (kubernetes.io/h2c), or use a GRPCRoute.`,
		command: commandOf(route),
		severity: said.isCertain ? 'error' : 'warning',
	});
}

/** KNET420: whatever the port speaks, the handshake with it fails. */
function distrusted({controller, service, port, spoken, route}: Known): Finding {
	return finding(routeFindings.backendCertificateDistrusted, {
		message: `${controller.implementation} speaks TLS to Service ${service.name}, by ${spoken.setBy}. No BackendTLSPolicy says which certificate to trust.`,
		evidence: [portField(service, port)],
		remedy: `Add a BackendTLSPolicy for Service ${service.name}, or send to a port of another number and name.`,
		command: commandOf(route),
	});
}

/** Whatever listens there: gRPC is HTTP/2 (seen on Istio of 2026-08-27: status 14, protocol error). */
function grpcOverHttp1({controller, service, port, spoken, route}: Known): Finding {
	return finding(routeFindings.backendProtocolDiffers, {
		message: `${controller.implementation} speaks HTTP/1.1 to port ${port.port} of Service ${service.name}, and gRPC needs HTTP/2.`,
		evidence: [portField(service, port)],
		remedy: `Let ${spoken.setBy} say gRPC: grpc, or a name that begins with grpc-.`,
		command: commandOf(route),
		severity: 'error',
	});
}

function perhapsHttp1({controller, service, port, said, spoken, route}: Different): Finding {
	return finding(routeFindings.backendProtocolDiffers, {
		undecided: true,
		message: `${controller.implementation} speaks HTTP/2 to Service ${service.name}, by ${spoken.setBy}, but probes of port ${port.port} use HTTP/1.1.`,
		evidence: [said.by],
		remedy:
			'See whether the program behind the port speaks HTTP/2 without TLS; else change appProtocol or the kind of the route.',
		command: commandOf(route),
	});
}

function commandOf(route: Candidate['route']): string {
	return kubectl(route, 'get', route.routeKind.toLowerCase(), route.name, '-o', 'yaml');
}
