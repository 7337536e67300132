import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {HopKind} from '../../hop-kind.ts';
import type {HopEvaluation, HopContext} from '../../hop-evaluator.ts';
import {endpointsEvaluator} from '../../endpoints/evaluate.ts';
import {proxyFor, symptomOfMissingPort} from '../../kube-proxy/evaluate.ts';
import type {Finding} from '../../finding.ts';
import {statusOf} from '../../hop-status.ts';
import {meshRouted} from '../../mesh/mesh-routed.ts';
import {outsideRegistry} from '../../mesh/outside-registry.ts';
import {waypointOnTheWay} from '../../mesh/waypoint.ts';
import {serviceEvaluator, type ServiceOutput} from '../../service/evaluate.ts';
import {hopsBehindService, notReached, skipped} from '../skipped.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import type {ResolvedEndpoint} from '../../../rules/endpoint-slices/endpoint.ts';
import type {StopReason} from '../../../rules/stop.ts';
import type {ExposureType} from '../../../rules/kube-proxy/exposure-type.ts';
import type {ServiceSegment} from './service-segment.ts';
import {portHops} from './port-hops.ts';

/** The hops from a Service to its pods: one list for each port that fits. */
export function servicePaths(
	hopContext: HopContext,
	segment: ServiceSegment,
): readonly (readonly HopEvaluation<HopKind>[])[] {
	const service = evaluateHop(serviceEvaluator, hopContext, segment);
	if (!service.service || service.ports.length === 0 || service.service.type === 'ExternalName') {
		return [[withMissingPort(hopContext, service, segment.exposureType), ...nothingBehind(service)]];
	}

	const found = service.service;
	const decided = segment.via === 'target' ? decidedByMesh(hopContext, found, service.ports) : undefined;
	if (decided) {
		const {hop} = withFinding(service, decided.finding);
		return [[{hop, stop: decided.stop}, ...notFollowed('not followed: the mesh decides')]];
	}

	return portsMeant(service, segment.via).map((port) => [
		service.ports.length > 1 ? ofPort(hopContext, segment, port) : service,
		...portHops(hopContext, segment, {service: found, port}),
	]);
}

/** A sidecar that lets nothing out, a route of the mesh, or a waypoint stands between the client and the Service. */
function decidedByMesh(
	hopContext: HopContext,
	service: Service,
	ports: readonly ServicePort[],
): {readonly finding: Finding; readonly stop?: StopReason} | undefined {
	const closed = outsideRegistry(hopContext, service, ports[0]);
	if (closed) {
		return closed;
	}

	const routed = meshRouted(hopContext, service);
	return routed ? {finding: routed} : waypointOnTheWay(hopContext, service);
}

/** The Service, by one port of several: those of one number differ by protocol and have names. */
function ofPort(
	hopContext: HopContext,
	segment: ServiceSegment,
	{name, port}: ServicePort,
): HopEvaluation<'service'> {
	return evaluateHop(serviceEvaluator, hopContext, {...segment, servicePort: {name, number: port}});
}

/** A rule sends HTTP: of a TCP and a UDP port of one number it means the first. */
function portsMeant({ports}: ServiceOutput, via: ServiceSegment['via']): ServiceOutput['ports'] {
	const first = ports.find(({protocol}) => protocol === 'TCP');
	return via === 'route' && ports.length > 1 && first ? [first] : ports;
}

/** The port that a Service lacks is answered by kube-proxy, and differently by mode (findings: KNET518). */
function withMissingPort(
	hopContext: HopContext,
	evaluation: ServiceOutput,
	exposureType: ExposureType,
): HopEvaluation<'service'> {
	if (!evaluation.lacksPort || !evaluation.service) {
		return evaluation;
	}

	const {mode} = proxyFor(hopContext, {service: evaluation.service, exposureType});
	// Only cluster IPs are in the set that nftables mode rejects by: an address from outside takes no other port.
	const isOutside = mode === 'nftables' && exposureType !== 'cluster-ip';
	return {...evaluation, stop: isOutside ? 'dropped' : symptomOfMissingPort(mode)};
}

function nothingBehind({service, hop}: ServiceOutput): readonly HopEvaluation<HopKind>[] {
	return service?.type === 'ExternalName'
		? notFollowed('not on the way: the Service is a DNS alias')
		: hopsBehindService.map((kind) => notReached(kind, service ? 'no such port' : hop.summary));
}

function notFollowed(why: string): readonly HopEvaluation<HopKind>[] {
	return hopsBehindService.map((kind) => skipped(kind, why));
}

function withFinding({hop}: HopEvaluation<'service'>, added: Finding): HopEvaluation<'service'> {
	const findings = [...hop.findings, added];
	return {hop: {...hop, findings, status: statusOf(findings)}};
}

/** Plain endpoints of a Service port, without judging them: for the Service in front of a controller. */
export function plainEndpoints(
	hopContext: HopContext,
	service: Service,
	port: ServicePort,
): readonly ResolvedEndpoint[] {
	return endpointsEvaluator.evaluate(hopContext, {service, port}).endpoints;
}
