import {list, record, text} from '../projection/wire.ts';
import type {World} from './world.ts';

/** What the ingress controller writes: its address into the status of the Ingresses of its class. */
export function reconcileIngresses(world: World): void {
	const service = world.get('Service', 'traefik/traefik');
	const addresses = list(record(record(service?.['status'])['loadBalancer'])['ingress']).map((item) => ({
		ip: text(record(item)['ip']),
	}));
	for (const ingress of world.list('Ingress')) {
		if (record(ingress['spec'])['ingressClassName'] === 'traefik') {
			world.put({...ingress, status: {loadBalancer: addresses.length > 0 ? {ingress: addresses} : {}}});
		}
	}
}
