import {project} from '../../projection/project.ts';
import type {World} from '../world.ts';
import type {Zone} from './dns-reply.ts';

/** The demo's world outside: its host points to the load balancer, as the person who set it up made it. */
export function outsideZone(world: World): Zone {
	return (name, type) => {
		const plain = name.replace(/\.$/u, '').toLowerCase();
		const address =
			plain === 'www.example.com' ? elsewhere : hosts.has(plain) ? balancerOf(world) : undefined;
		if (address === undefined) {
			return undefined;
		}

		return type === 'A' ? [{type: 'A', name: `${plain}.`, ttl: 60, address}] : [];
	};
}

const hosts: ReadonlySet<string> = new Set(['app.example.com']);

/** Addresses kept for documentation (RFC 5737). */
const elsewhere = '198.51.100.7';
const pointedTo = '203.0.113.10';

/** A record stays when the load balancer goes. */
function balancerOf(world: World): string {
	const addresses = world
		.list('Service')
		.map((wire) => project('Service', wire))
		.flatMap(({loadBalancer}) => loadBalancer.flatMap(({ip}) => ip ?? []));
	return addresses[0] ?? pointedTo;
}
