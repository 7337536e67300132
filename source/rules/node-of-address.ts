import {ipText, parseIp} from '../model/matching/ip.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {Node} from '../model/workloads/node.ts';
import {memoize} from './memoize.ts';

/** The node that has an address itself: the first where several say so. */
export function nodeOfAddress(snapshot: Snapshot, address: string): Node | undefined {
	return byAddress(snapshot.list('Node')).get(keyOf(address));
}

const byAddress = memoize(
	(nodes: readonly Node[]) =>
		new Map(
			nodes
				.toReversed()
				.flatMap((node) => node.addresses.map(({address}) => [keyOf(address), node] as const)),
		),
);

/** IPv6 has several texts for one address. */
function keyOf(address: string): string {
	const ip = parseIp(address);
	return ip ? ipText(ip) : address;
}
