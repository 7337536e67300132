import type {Duplex} from 'node:stream';
import {openPortForward} from '../../cluster/port-forward.ts';
import type {DnsObservation, Vantage} from '../../model/evidence.ts';
import {askStream} from '../dns/ask-stream.ts';
import {askServer} from '../dns/ask-resolvers.ts';
import type {DnsReply} from '../dns/message.ts';
import {failureOf} from '../failure.ts';
import type {ProbeTools} from '../probe.ts';
import {dnsFailure} from './dns-from-machine.ts';

/** A name to try and the types of record to ask it for. */
export type NameTry = {readonly name: string; readonly types: readonly string[]};

export type DnsPod = {readonly namespace: string; readonly name: string; readonly port: number};

export type InsideQuery = {
	/** In the order of the client's search list. */
	readonly tries: readonly NameTry[];
	/** `namespace/name` of the DNS pod, or of the Service where its address is asked. */
	readonly resolver: string;
	readonly permission?: string;
	readonly of: Readonly<Record<string, string>>;
};

/** Asks one DNS pod over a port-forward to its TCP port, as far along the search list as the client's resolver would go. */
export async function dnsThroughPortForward(
	pod: DnsPod,
	question: InsideQuery,
	tools: ProbeTools,
): Promise<readonly DnsObservation[]> {
	const vantage = {type: 'port-forward', namespace: pod.namespace, pod: pod.name} as const;
	let stream: Duplex | undefined;
	const open = async (): Promise<Duplex> => {
		stream ??= await openPortForward(tools.connection, {
			namespace: pod.namespace,
			pod: pod.name,
			port: pod.port,
			signal: tools.signal,
		});
		return stream;
	};
	try {
		return await walkTries(question, {vantage, tools}, async (requested) =>
			askStream(await open(), requested, tools.signal),
		);
	} finally {
		stream?.on('error', () => {}).destroy();
	}
}

/** Asks an address of the cluster's DNS over UDP, from this machine. */
export async function dnsOverUdp(
	server: {readonly address: string; readonly port: number},
	question: InsideQuery,
	tools: ProbeTools,
): Promise<readonly DnsObservation[]> {
	return walkTries(question, {vantage: {type: 'machine'}, tools}, (requested) =>
		askServer(server, requested, tools.signal),
	);
}

type Ask = (question: {readonly name: string; readonly type: string}) => Promise<DnsReply>;

async function walkTries(
	{tries, resolver, permission, of}: InsideQuery,
	{vantage, tools}: {readonly vantage: Vantage; readonly tools: ProbeTools},
	ask: Ask,
): Promise<readonly DnsObservation[]> {
	const {clock, signal} = tools;
	const found: DnsObservation[] = [];
	for (const {name, types} of tries) {
		for (const recordType of types) {
			const at = clock();
			const base = {type: 'dns', at, vantage, subject: {name, recordType, resolver}, of} as const;
			try {
				const {rcode, answers} = await ask({name, type: recordType});
				found.push({...base, result: {rcode, answers}, ms: clock() - at});
			} catch (error) {
				// The stream is of no more use; one failure stands for what was left to ask.
				const failure =
					permission === undefined ? dnsFailure(error, signal) : failureOf(error, signal, permission);
				return [...found, {...base, result: failure, ms: clock() - at}];
			}
		}

		if (found.some(({subject, result}) => subject.name === name && hasData(result))) {
			return found;
		}
	}

	return found;
}

/** A resolver's search ends at the first name that has a record (resolv.conf(5)). */
function hasData(result: DnsObservation['result']): boolean {
	return 'answers' in result && result.rcode === 'NOERROR' && result.answers.length > 0;
}
