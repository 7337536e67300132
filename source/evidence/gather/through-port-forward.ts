import {openPortForward} from '../../cluster/port-forward.ts';
import type {Evidence} from '../../model/evidence.ts';
import type {ProbeTools} from '../probe.ts';
import {runExchange, type Conversation} from './exchange.ts';

type PodConversation = Omit<Conversation, 'vantage' | 'pod'> & {
	readonly pod: {readonly namespace: string; readonly name: string};
};

/** TCP, TLS and HTTP to a port of a pod, entering at its localhost: proves the pod, never the way to it. */
export async function throughPortForward(
	about: PodConversation,
	tools: ProbeTools,
): Promise<readonly Evidence[]> {
	const {pod, port} = about;
	const vantage = {type: 'port-forward', namespace: pod.namespace, pod: pod.name} as const;
	return runExchange({...about, vantage}, tools, () =>
		openPortForward(tools.connection, {
			namespace: pod.namespace,
			pod: pod.name,
			port,
			signal: tools.signal,
		}),
	);
}
