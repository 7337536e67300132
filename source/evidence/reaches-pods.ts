import {askStream} from './dns/ask-stream.ts';
import type {ProbeTools} from './probe.ts';

/** A way to the pods' network answers at once. Milliseconds. */
const timeout = 300;

/**
Whether this machine has a way to the pods: a DNS server answers at the address of one of the cluster's DNS pods. A mere
connection would not do, for another network may use the same private addresses.
*/
export async function reachesPods(
	addresses: readonly {readonly address: string; readonly port: number}[],
	tools: ProbeTools,
): Promise<boolean> {
	const signal = AbortSignal.any([tools.signal, AbortSignal.timeout(timeout)]);
	const answers = await Promise.all(
		addresses.slice(0, 2).map(async ({address, port}) => {
			try {
				const stream = await tools.machine.dial(address, port, signal);
				try {
					await askStream(stream, {name: 'kubernetes.default.svc.cluster.local', type: 'A'}, signal);
					return true;
				} finally {
					stream.on('error', () => {}).destroy();
				}
			} catch {
				return false;
			}
		}),
	);
	return answers.includes(true);
}
