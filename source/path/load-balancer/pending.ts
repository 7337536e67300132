import {kubectl} from '../../model/safe-text/command.ts';
import type {EventObject} from '../../model/workloads/event-object.ts';
import {joinHostPort} from '../../model/matching/ip.ts';
import {isBehind, type Condition} from '../../model/meta.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import {namesList} from '../../rules/names-list.ts';
import {addressConflict, type AddressConflict} from '../../rules/load-balancers/shared-address.ts';
import {serviceLbOf, type ServiceLb} from '../../rules/load-balancers/service-lb.ts';
import {eventField} from '../event-field.ts';
import {objectField, type EvidenceField, finding} from '../finding.ts';
import {quoted, steadyDuration} from '../words.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Cause, Fault} from './fault.ts';
import {refusedByMetalLb} from './metallb-refusal.ts';

/** A cloud takes minutes to make a load balancer; after this long something is wrong. */
const patience = 5 * 60_000;

/** 201. A Service that no server has seen (a manifest) has no status: that is no sign of trouble. */
export function pendingFaults(exposed: Exposed): readonly Fault[] {
	const {service, hopContext, door} = exposed;
	if (!isPending(service)) {
		return [];
	}

	const age = service.createdAt === undefined ? undefined : hopContext.snapshot.now - service.createdAt;
	const isOverdue = age !== undefined && age >= patience;
	const cause = causeOf(exposed);
	return [
		{
			finding: finding(loadBalancerFindings.loadBalancerPending, {
				severity: isOverdue && !hasOtherWay(exposed) ? 'error' : 'info',
				undecided: isOverdue && door?.isAssumed ? true : undefined,
				message: `${messageOf(exposed, age)}${cause.text}${otherWayText(exposed)}`,
				evidence: [
					...cause.evidence,
					objectField(refOf('Service', service), 'status.loadBalancer.ingress', 'empty'),
					...classEvidence(service),
				],
				remedy: cause.remedy,
				command: cause.command,
			}),
			stop: 'nobody',
		},
	];
}

/** Whether the load balancer has no address. Other ways to the Service may still work. */
export function isPending({type, loadBalancer}: Exposed['service']): boolean {
	return type === 'LoadBalancer' && loadBalancer.every(({ip, hostname}) => !ip && !hostname);
}

/** Clients that do not need the load balancer: external IPs, or the controller's pods on the ports of their nodes. */
export function hasOtherWay({service, door}: Exposed): boolean {
	return service.externalIPs.length > 0 || door !== undefined;
}

function otherWayText({service, door, clientPort}: Exposed): string {
	if (service.externalIPs.length > 0) {
		return ` Its external IPs work without it: ${namesList(service.externalIPs, 2)}.`;
	}

	const where = door?.addresses.map((address) => joinHostPort(address, clientPort)) ?? [];
	const at = where.length > 0 ? ` at ${namesList(where, 2)}` : '';
	return door
		? ` The ${door.how} of its pods ${door.isAssumed ? 'may take requests' : 'takes requests'}${at}.`
		: '';
}

function messageOf({service: {name}}: Exposed, age: number | undefined): string {
	return age === undefined
		? `Service ${name} asks for a load balancer and has no address (no server has seen this object).`
		: `Service ${name} has no address after ${steadyDuration(age)}.`;
}

/** First what the controller says in Events, then in conditions; then what the pools of MetalLB, other Services and ServiceLB's pods show. */
function causeOf(exposed: Exposed): Cause {
	const {service, hopContext} = exposed;
	const command = kubectl(service, 'describe', 'service', service.name);
	const events = warnings(hopContext.snapshot.eventsOf('Service', service.namespace, service.name));
	const last = events.at(-1);
	const refused = refusedByMetalLb(exposed);
	if (last) {
		return {
			text: ` ${last.reason}: ${quoted(last.message)}.${refused?.text ?? ''}`,
			evidence: [...events.slice(-3).toReversed().map(eventField), ...(refused?.evidence ?? [])],
			remedy: refused?.remedy ?? 'Fix what the Event says; the controller tries again by itself.',
			command,
		};
	}

	const serviceLb = serviceLbOf(hopContext.snapshot, service);
	return (
		refusedBy(service) ??
		refused ??
		inConflict(exposed) ??
		(serviceLb && unscheduled(exposed, serviceLb)) ?? {
			text: '',
			evidence: [],
			remedy: service.loadBalancerClass
				? `Check the controller for loadBalancerClass ${service.loadBalancerClass}; nothing else takes this Service.`
				: serviceLb
					? `Check the pods of DaemonSet ${serviceLb.daemonSet.namespace}/${serviceLb.daemonSet.name}.`
					: 'Check the Events of the Service and the controller that assigns addresses; without one, add one (MetalLB, kube-vip, Cilium).',
			command,
		}
	);
}

/** False is good of these (core/v1 LoadBalancerPortsError). */
const tellsTrouble = /(?:Error|Failed|Failure|Conflict)$/v;

/** What assigns addresses may say in a condition why it has none (Cilium LB IPAM: cilium.io/IPAMRequestSatisfied, no_pool). */
function refusedBy(service: Exposed['service']): Cause | undefined {
	const refusals = service.conditions.filter(
		(condition) =>
			condition.status === 'False' &&
			!tellsTrouble.test(condition.type) &&
			!isBehind(condition, service.generation),
	);
	const [first] = refusals;
	return (
		first && {
			text: ` ${conditionText(first)}.`,
			evidence: refusals
				.slice(0, 3)
				.map(({type, status, reason}) =>
					objectField(refOf('Service', service), `status.conditions[${type}]`, `${status} (${reason})`),
				),
			remedy: `Fix what the condition ${first.type} says; the controller tries again by itself.`,
			command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
		}
	);
}

/** `kubectl describe` does not print conditions of a Service, so the type is named. */
function conditionText({type, reason, message}: Condition): string {
	return [type, reason, message && quoted(message)].filter(Boolean).join(': ');
}

function warnings(events: readonly EventObject[]): readonly EventObject[] {
	return events.filter(({type}) => type === 'Warning');
}

/** MetalLB gives an address to a second Service under conditions. */
function inConflict({service, hopContext: {snapshot}}: Exposed): Cause | undefined {
	const conflict = addressConflict(snapshot, service);
	if (!conflict) {
		return undefined;
	}

	const {address, holder, why} = conflict;
	const name = `${holder.namespace}/${holder.name}`;
	return {
		text: ` Service ${name} has ${address}, and ${conflictTexts[why]}.`,
		evidence: [objectField(refOf('Service', holder), 'status.loadBalancer.ingress[].ip', address)],
		remedy: `Use another address, or let both Services have one metallb.io/allow-shared-ip, other ports and the same externalTrafficPolicy (Local: the same selector).`,
		command: kubectl(holder, 'get', 'service', holder.name, '-o', 'yaml'),
	};
}

const conflictTexts: Readonly<Record<AddressConflict['why'], string>> = {
	'no-key': 'the two do not share it',
	'other-key': 'its metallb.io/allow-shared-ip differs',
	'port-in-use': 'the same port of it',
	'other-policy': 'their externalTrafficPolicy differs',
	'other-pods': 'under externalTrafficPolicy Local it shares with the same selector only',
};

/** ServiceLB gives the addresses of nodes on which its pods run: pods that no node takes give none. */
function unscheduled({service, hopContext}: Exposed, {pending, taken}: ServiceLb): Cause | undefined {
	const [pod] = pending;
	if (!pod) {
		return undefined;
	}

	const condition = pod.conditions.find(({type}) => type === 'PodScheduled');
	const events = warnings(hopContext.snapshot.eventsOf('Pod', pod.namespace, pod.name));
	const held = taken.map(({port, holder}) => `${objectText(holder)} holds host port ${port}`);
	const why = held.length > 0 ? namesList(held, 2) : (condition?.message ?? 'no node takes it');
	return {
		text: ` Pod ${pod.name} is Pending: ${why}.`,
		evidence: [...scheduledField(pod), ...events.slice(-1).map(eventField)],
		remedy:
			taken.length > 0
				? `Use other ports for Service ${service.name}, or route its requests through ${objectText(taken[0]!.holder)}.`
				: 'Fix what keeps the pod from being scheduled.',
		command: kubectl(pod, 'describe', 'pod', pod.name),
	};
}

function objectText({kind, namespace, name}: ObjectRef): string {
	return `${kind} ${namespace}/${name}`;
}

function scheduledField(pod: Pod): readonly EvidenceField[] {
	return pod.conditions
		.filter(({type, status}) => type === 'PodScheduled' && status === 'False')
		.map(({message}) => objectField(refOf('Pod', pod), 'status.conditions[PodScheduled].message', message));
}

function classEvidence(service: Exposed['service']): readonly EvidenceField[] {
	return service.loadBalancerClass
		? [objectField(refOf('Service', service), 'spec.loadBalancerClass', service.loadBalancerClass)]
		: [];
}
