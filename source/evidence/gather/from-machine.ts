import type {Evidence} from '../../model/evidence.ts';
import type {ProbeTools} from '../probe.ts';
import {converse, type Conversation} from './converse.ts';

/** TCP, TLS and HTTP to an address, from this machine. */
export async function fromMachine(
	about: Omit<Conversation, 'vantage'>,
	tools: ProbeTools,
): Promise<readonly Evidence[]> {
	return converse({...about, vantage: {type: 'machine'}}, tools, () =>
		tools.outside.dial(about.address, about.port, tools.signal),
	);
}
