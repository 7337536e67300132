import type {Evidence} from '../../model/evidence.ts';
import type {ProbeTools} from '../probe.ts';
import {runExchange, type Conversation} from './exchange.ts';

/** TCP, TLS and HTTP to an address, from this machine. */
export async function fromMachine(
	about: Omit<Conversation, 'vantage'>,
	tools: ProbeTools,
): Promise<readonly Evidence[]> {
	return runExchange({...about, vantage: {type: 'machine'}}, tools, () =>
		tools.machine.dial(about.address, about.port, tools.signal),
	);
}
