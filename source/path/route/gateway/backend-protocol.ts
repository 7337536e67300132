import {kubectl} from '../../../model/command.ts';
import type {Service, ServicePort} from '../../../model/service.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import type {Controller} from '../../../rules/controllers/controller.ts';
import type {GatewayProtocol} from '../../../rules/controllers/record.ts';
import type {Backend} from '../../../rules/gateway-api/backends.ts';
import type {Candidate} from '../../../rules/gateway-api/candidate.ts';
import {type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import {protocolName, saidOf, type Said} from '../port-speaks.ts';

type ProtocolInput = {
	readonly controller: Controller | undefined;
	readonly winner: Candidate;
	readonly backends: readonly Backend[];
};

/** KNET418: the Gateway speaks another protocol than the port of a backend. */
export function backendProtocols(snapshot: Snapshot, input: ProtocolInput): readonly Finding[] {
	const used = input.backends.filter(({share}) => share > 0);
	const found = used.flatMap((backend) => ofBackend(snapshot, backend, input) ?? []);
	// Some of the traffic still has somewhere to go.
	return found.length < used.length
		? found.map((each) => (each.severity === 'error' ? {...each, severity: 'warning' as const} : each))
		: found;
}

function ofBackend(
	snapshot: Snapshot,
	{ref, result}: Backend,
	{controller, winner: {route}}: ProtocolInput,
): Finding | undefined {
	const speaks = controller?.record.gateway?.speaks;
	const service = result.state === 'resolved' ? result.service : undefined;
	const port = service?.ports.find((each) => each.port === ref.port && each.protocol === 'TCP');
	const isHttp = route.routeKind === 'HTTPRoute' || route.routeKind === 'GRPCRoute';
	if (!speaks || !service || !port || !isHttp || mayHavePolicy(snapshot, service)) {
		return undefined;
	}

	const said = saidOf(snapshot, service, port);
	const spoken = speaks({snapshot, service, port, routeKind: route.routeKind});
	const differs =
		said &&
		((spoken.tls === false && said.tls) || (spoken.http2 === false && said.http2 === true && !said.tls));
	return differs ? told({controller, service, port, said, spoken, route}) : undefined;
}

/** A policy for the Service makes the Gateway speak TLS. */
function mayHavePolicy(snapshot: Snapshot, {namespace, name}: Service): boolean {
	return (
		!isKnown(snapshot.state('BackendTLSPolicy', namespace)) ||
		snapshot
			.list('BackendTLSPolicy', namespace)
			.some(({targets}) => targets.some((target) => target.kind === 'Service' && target.name === name))
	);
}

type Different = {
	readonly controller: Controller;
	readonly service: Service;
	readonly port: ServicePort;
	readonly said: Said;
	readonly spoken: GatewayProtocol;
	readonly route: Candidate['route'];
};

function told({controller, service, port, said, spoken, route}: Different): Finding {
	return finding(routeFindings.backendProtocolDiffers, {
		message: `${controller.implementation} speaks ${said.tls ? 'plain HTTP' : 'HTTP/1.1'} to Service ${service.name}, and its port ${port.port} speaks ${protocolName(said)}.`,
		evidence: [said.by],
		remedy: said.tls
			? `Add a BackendTLSPolicy for Service ${service.name}, or send to a port that speaks plain HTTP.`
			: `Let ${spoken.setBy} say HTTP/2 (kubernetes.io/h2c), or use a GRPCRoute.`,
		command: kubectl(route, 'get', route.routeKind.toLowerCase(), route.name, '-o', 'yaml'),
		severity: said.isCertain ? 'error' : 'warning',
	});
}
