import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {cidrContains, parseCidr, parseIp} from '../../model/matching/ip.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {instant} from '../words.ts';
import type {Exposed} from './context.ts';
import type {StopReason} from '../../rules/stop.ts';
import type {Fault} from './fault.ts';
import {hasReadyElsewhere, stillServes} from './local-nodes.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** 202: the load balancer says itself that the port does not work. */
export function portErrorFindings({service, port}: Exposed): readonly Finding[] {
	const errors = service.loadBalancer
		.flatMap(({ports}) => ports)
		.filter((status) => status.error && (!port || isSamePort(status, port)));
	const [first] = errors;
	return first
		? [
				finding(loadBalancerFindings.loadBalancerPortError, {
					message: `The load balancer of ${service.name} could not set up port ${first.port}/${first.protocol}: ${first.error}.`,
					evidence: errors.map((status) =>
						objectField(
							refOf('Service', service),
							`status.loadBalancer.ingress[].ports[${status.port}/${status.protocol}].error`,
							status.error ?? '',
						),
					),
					remedy: 'Look the error up at the provider of the load balancer, and at the Events of the Service.',
					command: kubectl(service, 'describe', 'service', service.name),
				}),
			]
		: [];
}

type PortNumber = {readonly port: number; readonly protocol: string};

function isSamePort(one: PortNumber, other: PortNumber): boolean {
	return one.port === other.port && one.protocol === other.protocol;
}

/** 203: only where the client's address is given. Node ports are not limited (pkg/proxy). */
export function sourceRangeFaults(exposed: Exposed): readonly Fault[] {
	const {service, hopContext} = exposed;
	const text = clientIp(hopContext);
	const ip = text === undefined ? undefined : parseIp(text);
	const ranges = service.loadBalancerSourceRanges.flatMap((range) => parseCidr(range) ?? []);
	const ofFamily = ranges.filter(({family}) => family === ip?.family);
	if (!ip || service.type !== 'LoadBalancer' || ofFamily.length === 0) {
		return [];
	}

	const stop = stopOutsideRanges(exposed);
	return ofFamily.some((range) => cidrContains(range, ip))
		? []
		: [
				{
					finding: finding(loadBalancerFindings.sourceRangesExcludeClient, {
						// Nothing stands behind the Service, so a wider range would change nothing: the endpoints hop says why.
						severity: stop === 'refused' ? 'warning' : undefined,
						message: `The load balancer of ${service.name} lets in ${rangesText(service)} only: a client at ${text} is dropped.`,
						evidence: [
							objectField(refOf('Service', service), 'spec.loadBalancerSourceRanges', rangesText(service)),
						],
						remedy: `Add the client's range, as the load balancer sees it, to spec.loadBalancerSourceRanges.`,
						command: kubectl(service, 'edit', 'service', service.name),
					}),
					stop: stop === 'refused' ? undefined : stop,
				},
			];
}

/** In iptables mode nodes reject what has no endpoint at all before they look at the client (KUBE-EXTERNAL-SERVICES). */
function stopOutsideRanges(exposed: Exposed): StopReason {
	const isDropped = exposed.rangesFirst || exposed.endpoints === undefined;
	return isDropped || hasReadyElsewhere(exposed) || stillServes(exposed) ? 'dropped' : 'refused';
}

/** Nodes look at pods as at other clients, where they answer for the address of a load balancer (chain KUBE-FW). */
function clientIp({client, snapshot}: Exposed['hopContext']): string | undefined {
	switch (client.kind) {
		case 'external':
			return client.ip;
		case 'pod': {
			const pod = snapshot.get('Pod', client.namespace, client.name);
			return pod?.hostNetwork ? undefined : pod?.podIPs[0];
		}

		case 'node':
			return undefined;
	}
}

function rangesText({loadBalancerSourceRanges}: Exposed['service']): string {
	return loadBalancerSourceRanges.map((range) => range.trim()).join(', ');
}

/** 206: a finalizer holds the object until the load balancer is gone. */
export function deletingFindings({service}: Exposed): readonly Finding[] {
	return service.deletedAt === undefined || service.type !== 'LoadBalancer'
		? []
		: [
				finding(loadBalancerFindings.loadBalancerDeleting, {
					message: `Service ${service.name} is being deleted: its load balancer goes away.`,
					evidence: [
						objectField(refOf('Service', service), 'metadata.deletionTimestamp', instant(service.deletedAt)),
					],
					remedy:
						'Create the Service again if it was deleted by mistake; if it hangs, look at its finalizers and Events.',
					command: kubectl(service, 'get', 'service', service.name, '-o', 'jsonpath={.metadata.finalizers}'),
				}),
			];
}

/** 207: an error where the Service or its target group asks for node ports, a warning where its cloud is known to. */
export function nodePortFaults(exposed: Exposed): readonly Fault[] {
	const {service, port, podTargets} = exposed;
	const isWithout = !service.allocateLoadBalancerNodePorts && port && !port.nodePort;
	if (service.type !== 'LoadBalancer' || !isWithout || podTargets) {
		return [];
	}

	const asked = instanceTargetsOf(exposed);
	const kind = asked ? 'AWS, instance targets' : sendsToNodePorts(service);
	return [
		{
			finding: finding(loadBalancerFindings.noNodePorts, {
				severity: asked ? 'error' : kind ? 'warning' : 'info',
				message: kind
					? `${service.name} has no node ports, and its load balancer (${kind}) sends to node ports: it reaches nothing.`
					: `${service.name} has no node ports: its load balancer has to send to the address or to pods itself.`,
				evidence: [
					...(asked ? [asked] : []),
					objectField(refOf('Service', service), 'spec.allocateLoadBalancerNodePorts', 'false'),
					objectField(
						refOf('Service', service),
						`spec.ports[${service.ports.indexOf(port)}].nodePort`,
						'absent',
					),
				],
				remedy: asked
					? 'Set spec.allocateLoadBalancerNodePorts: true, or set that annotation to ip.'
					: 'Set spec.allocateLoadBalancerNodePorts: true, unless the load balancer needs none.',
				command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
			}),
			stop: 'nobody',
		},
	];
}

/** AWS Load Balancer Controller, NLB annotations: `instance` sends to node ports. */
function instanceTargetsOf({service}: Exposed): EvidenceField | undefined {
	const annotation = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';
	const value = service.annotations[annotation];
	return value === 'instance'
		? objectField(refOf('Service', service), `metadata.annotations[${annotation}]`, value)
		: undefined;
}

/** What shows in the status how the load balancer sends: a proxying address, or a cloud known for it. */
function sendsToNodePorts({loadBalancer}: Exposed['service']): string | undefined {
	if (loadBalancer.some(({ipMode}) => ipMode === 'Proxy')) {
		return 'ipMode Proxy';
	}

	return loadBalancer.some(({hostname}) => hostname?.endsWith('.amazonaws.com')) ? 'AWS' : undefined;
}
