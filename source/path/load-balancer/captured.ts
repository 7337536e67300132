import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {capturesLoadBalancerIp} from '../../rules/kube-proxy/proxy-port.ts';
import {proxyProtocolOf, type ProxyProtocol} from '../../rules/load-balancers/proxy-protocol.ts';
import {objectField, type EvidenceField, finding} from '../finding.ts';
import {statusOf} from '../hop-status.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';
import {addressFields} from './address-fields.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Fault} from './fault.ts';
import {isByLoadBalancer} from './frontends.ts';
import {sourceRangeFaults} from './service-findings.ts';

/**
From inside, the node of the client answers for an IP of the load balancer (`ipMode` VIP or none, KEP-1860): the load balancer is not
passed. Hostnames and `ipMode: Proxy` are not captured.
*/
export function capturedHop(exposed: Exposed): HopEvaluation<'load-balancer'> | undefined {
	const {service, hopContext, clientPort} = exposed;
	const ip = service.loadBalancer
		.flatMap((ingress) => ingress.ip ?? [])
		.find((each) => capturesLoadBalancerIp(service, each));
	const hasPort = service.ports.some(({port}) => port === clientPort);
	if (hopContext.client.kind === 'external' || !isByLoadBalancer(exposed) || ip === undefined || !hasPort) {
		return undefined;
	}

	const faults = [...proxyProtocolFaults(exposed, ip), ...sourceRangeFaults(exposed)];
	const findings = faults.map((fault) => fault.finding);
	const status = faults.length === 0 ? 'skipped' : statusOf(findings);
	return {
		hop: {
			kind: 'load-balancer',
			status,
			basis: 'objects',
			subject: refOf('Service', service),
			summary: `not passed: the client's node answers for ${ip}`,
			findings,
		},
		stop: status === 'broken' ? faults[0]?.stop : undefined,
	};
}

/** 213: the pods wait for a header that only the load balancer sends. */
function proxyProtocolFaults({service, hopContext, port}: Exposed, ip: string): readonly Fault[] {
	const protocol = proxyProtocolOf(hopContext.snapshot, service, port?.port);
	if (!protocol || protocol.isExpected === false) {
		return [];
	}

	return [
		{
			finding: finding(loadBalancerFindings.proxyProtocolMissing, {
				undecided: protocol.isExpected ? undefined : true,
				message: protocol.isExpected
					? `From inside, ${ip} leads past the load balancer to pods that expect a PROXY header: they close the connection.`
					: `From inside, ${ip} leads past the load balancer and its PROXY header: pods that need it close the connection.`,
				evidence: protocolFields(service, protocol),
				remedy:
					'Let the status give a hostname or ipMode Proxy (an annotation of the cloud), or use the name of the Service behind.',
				command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
			}),
			stop: 'nobody',
		},
	];
}

function protocolFields(
	service: Exposed['service'],
	{sentBy, isExpected, place}: ProxyProtocol,
): readonly EvidenceField[] {
	const sent = sentBy
		? [
				objectField(
					refOf('Service', service),
					`metadata.annotations[${sentBy}]`,
					service.annotations[sentBy] ?? '',
				),
			]
		: [];
	const expected = isExpected && place ? [objectField(place.object, place.path, place.value)] : [];
	return [...expected, ...sent, ...addressFields(refOf('Service', service), service.loadBalancer)];
}
