import type {Scenario} from '../scenario.ts';

export const loadBalancerPending: Scenario = {
	name: 'load-balancer-pending',
	title: 'The cloud has taken back the address of the load balancer.',
	question: 'The shop has no address. Is that a fault yet?',
	target: 'http://app.example.com/',
	guide: [
		{command: 'events', shows: 'shows the events of the Service: what the cloud answered'},
		{command: 'quit', shows: 'closes it'},
		{command: 'yaml', shows: 'shows the Service, which waits; beside it stands an Event'},
		{command: 'hop-next', shows: 'shows the Event that decided'},
	],
	answer: 'After 5 minutes; but with this Event waiting does not help.',
	breaks(simulation) {
		simulation.conditions.loadBalancerDown = true;
		simulation.world.put({
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {name: 'traefik.quota', namespace: 'traefik'},
			involvedObject: {kind: 'Service', namespace: 'traefik', name: 'traefik'},
			type: 'Warning',
			reason: 'SyncLoadBalancerFailed',
			message:
				'Error syncing load balancer: failed to ensure load balancer: quota of static addresses exceeded',
			count: 1,
			lastTimestamp: new Date().toISOString(),
		});
	},
	heals(simulation) {
		simulation.conditions.loadBalancerDown = false;
		simulation.world.remove('Event', 'traefik/traefik.quota');
	},
};
