import type {Service} from '../../model/service.ts';
import {isKnown} from '../../model/snapshot.ts';
import type {LoadBalancerDetails} from '../details.ts';
import {type Finding, finding} from '../finding.ts';
import type {Hop, HopStatus} from '../hop.ts';
import {statusOf} from '../hop-status.ts';
import type {Exposed, LoadBalancerInput} from './context.ts';
import {frontendAddressesOf, frontendAddressesText, namesOf} from './frontends.ts';
import {hasReadyElsewhere, localNodesFindings, stillServes} from './local-nodes.ts';
import {missingPortFindings} from './missing-port.ts';
import {isPending, pendingFindings} from './pending.ts';
import {perServiceFindings} from './per-service.ts';
import {probesOf, unreachableFindings, type FrontendAddresses, type Probe} from './reachability.ts';
import {
	deletingFindings,
	nodePortFindings,
	portErrorFindings,
	sourceRangeFindings,
} from './service-findings.ts';
import {loadBalancerNodes} from '../../rules/kube-proxy/load-balancer-nodes.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import type {StopReason} from '../../rules/stop.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** How a request gets from outside to a node: the load balancer's address, external IPs, or node ports. */
export const loadBalancerEvaluator: HopEvaluator<'load-balancer', LoadBalancerInput> = {
	kind: 'load-balancer',
	evaluate(hopContext, input) {
		return input.service
			? resolveService(exposedOf(hopContext, input, input.service), input)
			: resolveStatus(hopContext, input);
	},
};

function exposedOf(hopContext: HopContext, input: LoadBalancerInput, service: Service): Exposed {
	const isListed = isKnown(hopContext.snapshot.state('EndpointSlice', service.namespace));
	const endpoints = isListed
		? input.endpoints?.flatMap(({port, ...rest}) => (port === undefined ? [] : [{...rest, port}]))
		: undefined;
	const nodes =
		endpoints && service.externalTrafficPolicy === 'Local'
			? loadBalancerNodes(hopContext.snapshot, service, endpoints)
			: undefined;
	const {port, clientPort, proxyFollows} = input;
	return {hopContext, service, port, clientPort, endpoints, nodes, proxyFollows};
}

function resolveService(exposed: Exposed, input: LoadBalancerInput): HopEvaluation<'load-balancer'> {
	const {service, hopContext} = exposed;
	const frontendAddresses = frontendAddressesOf(exposed);
	const probes = probesOf(hopContext.snapshot, {...frontendAddresses, host: hopContext.request?.host});
	const findings = [
		...pendingFindings(exposed),
		...portErrorFindings(exposed),
		...missingPortFindings(exposed),
		...sourceRangeFindings(exposed),
		...localNodesFindings(exposed),
		...nodePortFindings(exposed),
		...deletingFindings(exposed),
		...unreachableFindings(probes),
		...addressFindings(input),
		...perServiceFindings(service, hopContext.snapshot.list('Service', service.namespace)),
	];
	const status = statusOfService(exposed, frontendAddresses, findings);
	return {
		hop: {
			kind: 'load-balancer',
			status,
			basis: basisOf(probes),
			subject: {kind: 'Service', namespace: service.namespace, name: service.name},
			summary: frontendAddressesText(exposed, frontendAddresses),
			findings,
			details: detailsOf(exposed, frontendAddresses, probes),
		},
		stop: status === 'broken' ? stopOf(exposed, findings, probes) : undefined,
	};
}

/** A load balancer that is still being made is no fault yet, and lets nobody through. */
function statusOfService(
	{service, port}: Exposed,
	frontendAddresses: FrontendAddresses,
	findings: readonly Finding[],
): HopStatus {
	const status = statusOf(findings);
	// Nothing leads in from outside; what stands behind says so (KNET307).
	if (status === 'ok' && !isPending(service) && frontendAddresses.addresses.length === 0 && !port?.nodePort) {
		return 'skipped';
	}

	if (status === 'broken' || !isPending(service)) {
		return status;
	}

	return service.createdAt === undefined ? 'unknown' : 'degraded';
}

function stopOf(exposed: Exposed, findings: readonly Finding[], probes: readonly Probe[]): StopReason {
	const error = findings.find(({severity}) => severity === 'error');
	switch (error?.code ?? '') {
		case 'KNET203':
			// In iptables mode nodes reject what has no endpoint at all before they look at the client (KUBE-EXTERNAL-SERVICES). The
			// walk puts right what nftables mode does.
			return exposed.endpoints === undefined || hasReadyElsewhere(exposed) || stillServes(exposed)
				? 'dropped'
				: 'refused';
		case 'KNET518':
			return 'dropped';
		case 'KNET205':
			// Load balancers fail open: nodes reject what has no endpoint anywhere, and drop what has none on them.
			return hasReadyElsewhere(exposed) || stillServes(exposed) ? 'dropped' : 'refused';
		case 'KNET209':
			return stopOfProbes(probes);
		default:
			return 'nobody';
	}
}

function stopOfProbes(probes: readonly Probe[]): StopReason {
	return probes.find(({proves}) => proves === 'unreachable' || proves === 'no-tls')?.stop ?? 'dropped';
}

function detailsOf(
	{service, port, nodes}: Exposed,
	{addresses}: FrontendAddresses,
	probes: readonly Probe[],
): LoadBalancerDetails {
	return {
		addresses,
		service: {kind: 'Service', namespace: service.namespace, name: service.name},
		...(port ? {port: port.port} : {}),
		...(port?.nodePort ? {nodePort: port.nodePort} : {}),
		externalTrafficPolicy: service.externalTrafficPolicy,
		...(nodes ? {healthyNodes: nodes.healthy, unhealthyNodes: nodes.unhealthy} : {}),
		...observed(probes),
	};
}

function observed(probes: readonly Probe[]): Pick<LoadBalancerDetails, 'observed'> {
	return probes.length === 0
		? {}
		: {
				observed: probes.map(({what, vantage, result, ms, at}) => ({
					what,
					vantage,
					result,
					...(ms === undefined ? {} : {ms}),
					at,
				})),
			};
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
	const findings = [...unreachableFindings(probes), ...addressFindings(input)];
	const status = addresses.length === 0 ? 'skipped' : statusOf(findings);
	const stop = stopOfProbes(probes);
	return {
		hop: {
			kind: 'load-balancer',
			status,
			basis: basisOf(probes),
			summary: addresses.length === 0 ? 'none known' : `${addresses.slice(0, 2).join(', ')} (by status)`,
			findings,
			details: {addresses, ...observed(probes)},
		},
		stop: status === 'broken' ? stop : undefined,
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
						'The status of the entry holds no address: not by itself a fault, for many controllers write none.',
					evidence: stated,
					remedy:
						'Only if something reads it (external-dns): tell the controller which Service or address to publish.',
					command: 'kubectl get ingress,gateway -A',
				}),
			];
}
