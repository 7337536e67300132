import {kubectl} from '../../model/safe-text/command.ts';
import {refOf, refText} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {announcerOf} from '../../rules/load-balancers/announcer.ts';
import {metalLbOf} from '../../rules/load-balancers/metallb.ts';
import {isOfController} from '../../rules/load-balancers/pod-targets.ts';
import {proxyProtocolOf, type Place} from '../../rules/load-balancers/proxy-protocol.ts';
import {finding, objectField, type EvidenceField, type Finding} from '../finding.ts';
import type {HopContext, HopEvaluation} from '../hop-evaluator.ts';
import {addressFields} from './address-fields.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Exposed} from './context.ts';
import type {Fault} from './fault.ts';
import {isReached, type Probe} from './reachability.ts';

/** 218: what does not expect the header takes it for a request line (nginx, ngx_http_core_module: listen proxy_protocol). */
export function proxyHeaderFaults(
	{service, hopContext, port}: Exposed,
	probes: readonly Probe[],
): readonly Fault[] {
	const {sentBy, isForSome, isExpected, place} =
		proxyProtocolOf(hopContext.snapshot, service, port?.port) ?? {};
	const isAnswered = isReached(probes);
	// Without a place it is no proxy that knet knows, and may be told of the header in another way.
	if (service.type !== 'LoadBalancer' || !sentBy || isForSome || !place || isExpected || isAnswered) {
		return [];
	}

	const sent = objectField(
		refOf('Service', service),
		`metadata.annotations[${sentBy}]`,
		service.annotations[sentBy] ?? '',
	);
	return [
		{finding: isExpected === false ? notExpected(place, sent) : perhapsExpected(place, sent), stop: 'nobody'},
	];
}

function notExpected(place: Place, sent: EvidenceField): Finding {
	return finding(loadBalancerFindings.proxyProtocolNotExpected, {
		message: `The load balancer sends a PROXY header, and ${refText(place.object)} does not let the proxy behind expect it.`,
		evidence: [sent, placeField(place)],
		remedy: `${remedyOf(place)}, or remove the annotation.`,
		command: commandOf(place),
	});
}

function perhapsExpected(place: Place, sent: EvidenceField): Finding {
	return finding(loadBalancerFindings.proxyProtocolNotExpected, {
		undecided: true,
		message: `The load balancer sends a PROXY header; whether one is expected stands in ${refText(place.object)}, which is not read.`,
		evidence: [sent],
		remedy: `Compare ${place.path.replace('data.', '')} in the ConfigMap, or probe the address from outside.`,
		command: commandOf(place),
	});
}

function remedyOf({object: {kind}, path, wanted}: Place): string {
	return kind === 'ConfigMap'
		? `Set ${path.replace('data.', '')}: "${wanted}" in the ConfigMap`
		: 'Set proxyProtocol in a ClientTrafficPolicy for the Gateway';
}

function placeField({object, path, value}: Place): EvidenceField {
	return objectField(object, path, value);
}

function commandOf({object}: Place): string {
	return kubectl(object, 'get', object.kind.toLowerCase(), object.name, '-o', 'yaml');
}

/** 213 from outside: the pods wait for a header, and who announces the address only sends packets on. */
export function headerMissingFaults(
	{service, hopContext, port}: Exposed,
	probes: readonly Probe[],
): readonly Fault[] {
	const {sentBy, isExpected, place} = proxyProtocolOf(hopContext.snapshot, service, port?.port) ?? {};
	const isAnswered = isReached(probes);
	if (service.type !== 'LoadBalancer' || !isExpected || sentBy || !place || isAnswered) {
		return [];
	}

	const by = packetsOnly(hopContext.snapshot, service);

	return [
		{
			finding: finding(loadBalancerFindings.proxyProtocolMissing, {
				undecided: by === undefined ? true : undefined,
				message: by
					? `The pods of ${service.name} expect a PROXY header, and ${by} sends none: they close the connections.`
					: `The pods of ${service.name} expect a PROXY header: whether its load balancer sends one is not known.`,
				evidence: [placeField(place), ...addressFields(refOf('Service', service), service.loadBalancer)],
				remedy: !by
					? 'Probe the address from outside, or look at the settings of the load balancer.'
					: isOfController(service)
						? `Set annotation service.beta.kubernetes.io/aws-load-balancer-proxy-protocol: "*", or take ${fieldOf(place)} away.`
						: `Take ${fieldOf(place)} out of ${place.object.kind} ${place.object.name}; externalTrafficPolicy: Local keeps the address of the client.`,
				command: commandOf(place),
			}),
			stop: 'nobody',
		},
	];
}

function fieldOf({path, value}: Place): string {
	return path.endsWith('args') ? value : path.replace(/^(?:data|spec)\./u, '');
}

/** 213 by the cluster IP: a client inside that is named sends no header itself. */
export function headerMissingInside(
	{snapshot, source}: HopContext,
	service: Service,
	port: number | undefined,
): HopEvaluation<'load-balancer'> | undefined {
	const isNamed = source.kind === 'pod' || (source.kind === 'node' && source.name !== undefined);
	const {isExpected, place} = (isNamed && proxyProtocolOf(snapshot, service, port)) || {};
	if (!isExpected || !place) {
		return undefined;
	}

	const found = finding(loadBalancerFindings.proxyProtocolMissing, {
		message: `The pods of ${service.name} expect a PROXY header, and a client inside sends none: they close the connection.`,
		evidence: [placeField(place)],
		remedy:
			'Ask by the address of the load balancer, from outside, or send the header (curl --haproxy-protocol).',
		command: commandOf(place),
	});
	return {
		hop: {
			kind: 'load-balancer',
			status: 'broken',
			basis: 'objects',
			subject: refOf('Service', service),
			summary: 'not passed: the cluster IP is asked for',
			findings: [found],
		},
		stop: 'nobody',
	};
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
