import {kubectl} from '../../model/command.ts';
import {refText} from '../../model/ref.ts';
import type {Service} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {announcerOf} from '../../rules/load-balancers/announcer.ts';
import {metalLbOf} from '../../rules/load-balancers/metallb.ts';
import {isOfController} from '../../rules/load-balancers/pod-targets.ts';
import {proxyProtocolOf} from '../../rules/load-balancers/proxy-protocol.ts';
import {finding, objectField} from '../finding.ts';
import {addressFields} from './address-fields.ts';
import {loadBalancerFindings} from './catalogue.ts';
import {serviceRef, type Exposed} from './context.ts';
import type {Fault} from './fault.ts';
import type {Probe} from './reachability.ts';

/** 218: nginx takes the header for a request line (nginx, ngx_http_core_module: listen proxy_protocol). */
export function proxyHeaderFaults(
	{service, hopContext}: Exposed,
	probes: readonly Probe[],
): readonly Fault[] {
	const {sentBy, isExpected, configMap, key = ''} = proxyProtocolOf(hopContext.snapshot, service) ?? {};
	const isAnswered = probes.some(({proves}) => proves === 'reached');
	// Without the flag it is no nginx that knet knows, and may be told of the header in another way.
	if (service.type !== 'LoadBalancer' || !sentBy || !configMap || isExpected || isAnswered) {
		return [];
	}

	const isRead = isExpected === false;
	const said =
		hopContext.snapshot.get('ConfigMap', configMap.namespace ?? '', configMap.name)?.data[key] ?? 'absent';
	return [
		{
			finding: finding(loadBalancerFindings.proxyProtocolNotExpected, {
				undecided: isRead ? undefined : true,
				message: isRead
					? `The load balancer sends a PROXY header, and ${refText(configMap)} does not let nginx expect it.`
					: `The load balancer sends a PROXY header; whether nginx expects it stands in ${refText(configMap)}, which is not read.`,
				evidence: [
					{
						object: serviceRef(service),
						path: `metadata.annotations[${sentBy}]`,
						value: service.annotations[sentBy] ?? '',
					},
					...(isRead ? [objectField(configMap, `data.${key}`, said)] : []),
				],
				remedy: isRead
					? `Set ${key}: "true" in the ConfigMap, or remove the annotation.`
					: `Compare ${key} in the ConfigMap, or probe the address from outside.`,
				command: kubectl(configMap, 'get', 'configmap', configMap.name, '-o', 'yaml'),
			}),
			stop: 'nobody',
		},
	];
}

/** 213 from outside: the pods wait for a header, and who announces the address only sends packets on. */
export function headerMissingFaults(
	{service, hopContext}: Exposed,
	probes: readonly Probe[],
): readonly Fault[] {
	const {sentBy, isExpected, configMap, key = ''} = proxyProtocolOf(hopContext.snapshot, service) ?? {};
	const by = isExpected && !sentBy ? packetsOnly(hopContext.snapshot, service) : undefined;
	if (!by || !configMap || probes.some(({proves}) => proves === 'reached')) {
		return [];
	}

	return [
		{
			finding: finding(loadBalancerFindings.proxyProtocolMissing, {
				message: `nginx expects a PROXY header, and ${by} sends none: it closes the connections that come by ${service.name}.`,
				evidence: [
					objectField(configMap, `data.${key}`, 'true'),
					...addressFields(serviceRef(service), service.loadBalancer),
				],
				remedy: isOfController(service)
					? `Set annotation service.beta.kubernetes.io/aws-load-balancer-proxy-protocol: "*", or take ${key} away.`
					: `Take ${key} out of the ConfigMap; externalTrafficPolicy: Local keeps the address of the client.`,
				command: kubectl(configMap, 'get', 'configmap', configMap.name, '-o', 'yaml'),
			}),
			stop: 'nobody',
		},
	];
}

/**
An announcer that puts nothing into connections. AWS Load Balancer Controller turns the header off where no annotation asks for it
(pkg/service/model_build_target_group.go, buildTargetGroupAttributes).
*/
function packetsOnly(snapshot: Snapshot, service: Service): string | undefined {
	if (metalLbOf(snapshot, service)) {
		return 'MetalLB';
	}

	if (isOfController(service)) {
		return 'AWS';
	}

	const announcer = announcerOf(snapshot, service);
	return announcer?.sendsPackets ? announcer.name : undefined;
}
