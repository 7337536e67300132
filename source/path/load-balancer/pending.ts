import {kubectl} from '../../model/command.ts';
import {eventField} from '../event-field.ts';
import {type EvidenceField, type Finding, finding} from '../finding.ts';
import {serviceRef, type Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** A cloud takes minutes to make a load balancer; after this long something is wrong. */
const patience = 5 * 60_000;

/** 201. A Service that no server has seen (a manifest) has no status: that is no sign of trouble. */
export function pendingFindings({service, hopContext}: Exposed): readonly Finding[] {
	if (!isPending(service)) {
		return [];
	}

	const age = service.createdAt === undefined ? undefined : hopContext.snapshot.now - service.createdAt;
	const events = hopContext.snapshot
		.eventsOf('Service', service.namespace, service.name)
		.filter(({type}) => type !== 'Normal');
	const last = events.at(-1);
	const why = last ? ` ${last.reason}: ${last.message}` : '';
	return [
		finding(loadBalancerFindings.loadBalancerPending, {
			severity: age !== undefined && age >= patience ? 'error' : 'info',
			message:
				age === undefined
					? `${service.name} asks for a load balancer, and holds no address (no server has seen this object).`
					: `${service.name} has waited ${ageText(age)} for the address of a load balancer.${why}`,
			evidence: [
				{object: serviceRef(service), path: 'status.loadBalancer.ingress', value: 'empty'},
				...classEvidence(service),
				...events.slice(-3).map(eventField),
			],
			remedy: service.loadBalancerClass
				? `Find out what serves loadBalancerClass ${service.loadBalancerClass}; nothing else takes this Service.`
				: 'Read the Events of the Service; without a cloud provider install something that gives addresses.',
			command: kubectl(service, 'describe', 'service', service.name),
		}),
	];
}

export function isPending({type, loadBalancer}: Exposed['service']): boolean {
	return type === 'LoadBalancer' && loadBalancer.every(({ip, hostname}) => !ip && !hostname);
}

function classEvidence(service: Exposed['service']): readonly EvidenceField[] {
	return service.loadBalancerClass
		? [{object: serviceRef(service), path: 'spec.loadBalancerClass', value: service.loadBalancerClass}]
		: [];
}

function ageText(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	if (seconds < 120) {
		return `${seconds} s`;
	}

	const minutes = Math.floor(seconds / 60);
	return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
