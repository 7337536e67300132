import {refOf} from '../../model/ref.ts';
import {stateOfSlices} from '../../rules/slices-state.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown} from '../../model/snapshot.ts';
import type {LoadBalancerDetails} from '../details.ts';
import {type Finding, finding} from '../finding.ts';
import type {Hop, HopStatus} from '../hop.ts';
import {statusOf} from '../hop-status.ts';
import {announcementOf, type Announcement} from './announcement.ts';
import {capturedHop} from './captured.ts';
import type {Exposed, LoadBalancerInput} from './context.ts';
import type {Fault} from './fault.ts';
import {frontendAddressesOf, frontendAddressesText, isByLoadBalancer, namesOf} from './frontends.ts';
import {hairpinFaults} from './hairpin.ts';
import {healthProbeFindings} from './health-probe.ts';
import {looseArpFindings} from './loose-arp.ts';
import {localNodesFaults} from './local-nodes.ts';
import {headerMissingFaults, proxyHeaderFaults} from './proxy-header.ts';
import {redirectLoopFaults} from './redirect-loop.ts';
import {otherFamilyFindings} from './other-family.ts';
import {tlsEndsFindings} from './tls-ends.ts';
import {closedTargetFaults} from './closed-target.ts';
import {unmappedHostPort} from './unmapped-host-port.ts';
import {missingPortFaults} from './missing-port.ts';
import {hasOtherWay, isPending, pendingFaults} from './pending.ts';
import {perServiceFindings} from './per-service.ts';
import {isAnsweredByEnvoy, placeholderFaults} from './placeholder.ts';
import {isReached, probesOf, unreachableFaults, type FrontendAddresses, type Probe} from './reachability.ts';
import {deletingFindings, nodePortFaults, portErrorFindings, sourceRangeFaults} from './service-findings.ts';
import {podTargetsOf} from '../../rules/load-balancers/pod-targets.ts';
import {targetFindings} from './pod-targets.ts';
import {loadBalancerNodes} from '../../rules/kube-proxy/load-balancer-nodes.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import type {StopReason} from '../../rules/stop.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** How a request gets from outside to a node: the load balancer's address, external IPs, or node ports. */
export const loadBalancerEvaluator: HopEvaluator<'load-balancer', LoadBalancerInput> = {
	kind: 'load-balancer',
	evaluate(hopContext, input) {
		if (!input.service) {
			return resolveStatus(hopContext, input);
		}

		const exposed = exposedOf(hopContext, input, input.service);
		return capturedHop(exposed) ?? resolveService(exposed, input);
	},
};

function exposedOf(hopContext: HopContext, input: LoadBalancerInput, service: Service): Exposed {
	const isListed = isKnown(stateOfSlices(hopContext.snapshot, service));
	const endpoints = isListed
		? input.endpoints?.flatMap(({port, ...rest}) => (port === undefined ? [] : [{...rest, port}]))
		: undefined;
	const podTargets = podTargetsOf(hopContext.snapshot, service, input.port);
	const nodes =
		!podTargets &&
		endpoints &&
		service.externalTrafficPolicy === 'Local' &&
		!isAnsweredByEnvoy({hopContext, service})
			? loadBalancerNodes(hopContext.snapshot, service, endpoints)
			: undefined;
	return {...input, hopContext, service, endpoints, nodes, podTargets};
}

function resolveService(exposed: Exposed, input: LoadBalancerInput): HopEvaluation<'load-balancer'> {
	const {service, hopContext} = exposed;
	const frontendAddresses = frontendAddressesOf(exposed);
	const probes = probesOf(hopContext.snapshot, {...frontendAddresses, host: hopContext.request?.host});
	const announcement = announcementOf(exposed);
	const faults = isByLoadBalancer(exposed)
		? faultsOf(exposed, probes, announcement)
		: sideFaults(exposed, probes);
	const findings = [
		...faults.map((fault) => fault.finding),
		...unmappedHostPort(hopContext, input, probes),
		...addressFindings(input),
		...perServiceFindings(service, hopContext.snapshot.list('Service', service.namespace)),
	];
	const status = statusOfService(exposed, frontendAddresses, findings);
	return {
		hop: {
			kind: 'load-balancer',
			status,
			basis: basisOf(probes),
			subject: refOf('Service', service),
			summary: frontendAddressesText(exposed, frontendAddresses),
			findings,
			details: detailsOf(exposed, frontendAddresses, probes),
			notChecked: isReached(probes) || status === 'skipped' ? undefined : announcement.notChecked,
		},
		stop: status === 'broken' ? stopOf(faults) : undefined,
	};
}

function faultsOf(exposed: Exposed, probes: readonly Probe[], announcement: Announcement): readonly Fault[] {
	return [
		...pendingFaults(exposed),
		...announcement.faults,
		...remarks(portErrorFindings(exposed)),
		...missingPortFaults(exposed),
		...closedTargetFaults(exposed),
		...sourceRangeFaults(exposed),
		...localNodesFaults(exposed),
		...placeholderFaults(exposed),
		...hairpinFaults(exposed),
		...remarks(looseArpFindings(exposed)),
		...remarks(otherFamilyFindings(exposed)),
		...nodePortFaults(exposed),
		...remarks(targetFindings(exposed)),
		...remarks(healthProbeFindings(exposed)),
		...remarks(deletingFindings(exposed)),
		...proxyHeaderFaults(exposed, probes),
		...headerMissingFaults(exposed, probes),
		...redirectLoopFaults(exposed),
		...remarks(tlsEndsFindings(exposed)),
		...unreachableFaults(probes),
	];
}

/** By a node port or an external IP: what the load balancer lacks does not matter there. */
function sideFaults(exposed: Exposed, probes: readonly Probe[]): readonly Fault[] {
	return [...closedTargetFaults(exposed), ...localNodesFaults(exposed), ...unreachableFaults(probes)];
}

function remarks(findings: readonly Finding[]): readonly Fault[] {
	return findings.map((each) => ({finding: each, stop: 'nobody'}));
}

/** A load balancer that is still being made is no fault yet, and lets nobody through. */
function statusOfService(
	exposed: Exposed,
	frontendAddresses: FrontendAddresses,
	findings: readonly Finding[],
): HopStatus {
	const {service, port} = exposed;
	const status = statusOf(findings);
	const isWaiting = isByLoadBalancer(exposed) && isPending(service) && !hasOtherWay(exposed);
	// Nothing leads in from outside; what stands behind says so (KNET307).
	if (status === 'ok' && !isPending(service) && frontendAddresses.addresses.length === 0 && !port?.nodePort) {
		return 'skipped';
	}

	if (status === 'broken' || !isWaiting) {
		return status;
	}

	return service.createdAt === undefined ? 'unknown' : 'degraded';
}

function stopOf(faults: readonly Fault[]): StopReason | undefined {
	return faults.find((fault) => fault.finding.severity === 'error')?.stop ?? 'nobody';
}

function detailsOf(
	{service, port, nodes}: Exposed,
	{addresses}: FrontendAddresses,
	probes: readonly Probe[],
): LoadBalancerDetails {
	return {
		addresses,
		service: refOf('Service', service),
		port: port?.port,
		nodePort: port?.nodePort,
		externalTrafficPolicy: service.externalTrafficPolicy,
		healthyNodes: nodes?.healthy,
		unhealthyNodes: nodes?.unhealthy,
		observed: observed(probes),
	};
}

function observed(probes: readonly Probe[]): LoadBalancerDetails['observed'] {
	return probes.length === 0
		? undefined
		: probes.map(({what, vantage, result, ms, at}) => ({what, vantage, result, ms, at}));
}

function basisOf(probes: readonly Probe[]): Hop['basis'] {
	return probes.some(({proves}) => proves !== 'nothing') ? 'evidence' : 'objects';
}

/** No Service is known: what the status says is all there is. */
function resolveStatus(hopContext: HopContext, input: LoadBalancerInput): HopEvaluation<'load-balancer'> {
	const addresses = namesOf(input.addresses ?? []);
	const probes = probesOf(hopContext.snapshot, {
		addresses,
		ports: [input.clientPort],
		host: hopContext.request?.host,
	});
	const faults = unreachableFaults(probes);
	const findings = [
		...faults.map((fault) => fault.finding),
		...unmappedHostPort(hopContext, input, probes),
		...addressFindings(input),
	];
	const status = addresses.length === 0 ? 'skipped' : statusOf(findings);
	return {
		hop: {
			kind: 'load-balancer',
			status,
			basis: basisOf(probes),
			summary: addresses.length === 0 ? 'none known' : `${addresses.slice(0, 2).join(', ')} (by status)`,
			findings,
			details: {addresses, observed: observed(probes)},
		},
		stop: status === 'broken' ? stopOf(faults) : undefined,
	};
}

/** 208: many controllers never write a status. */
function addressFindings({addresses, stated = [], service}: LoadBalancerInput): readonly Finding[] {
	return addresses === undefined ||
		stated.length === 0 ||
		namesOf(addresses).length > 0 ||
		(service && isPending(service))
		? []
		: [
				finding(loadBalancerFindings.ingressHasNoAddress, {
					message:
						'The status of the entry holds no address. It is no fault by itself: many controllers write none.',
					evidence: stated,
					remedy:
						'Tell the controller which Service or address to publish, if something such as external-dns reads it.',
					command: 'kubectl get ingress,gateway -A',
				}),
			];
}
