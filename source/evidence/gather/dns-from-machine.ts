import type {DnsObservation} from '../../model/evidence.ts';
import {failureOf} from '../failure.ts';
import type {ProbeTools} from '../probe.ts';

/** A and AAAA of a host, with the chain of CNAMEs, as this machine resolves it. */
export async function dnsFromMachine(
	{name, of}: {readonly name: string; readonly of: Readonly<Record<string, string>>},
	tools: ProbeTools,
): Promise<readonly DnsObservation[]> {
	return Promise.all(['A', 'AAAA'].map((recordType) => ask(tools, {name, recordType, of})));
}

async function ask(
	{machine, clock, signal}: ProbeTools,
	{
		name,
		recordType,
		of,
	}: {readonly name: string; readonly recordType: string; readonly of: Readonly<Record<string, string>>},
): Promise<DnsObservation> {
	const at = clock();
	const base = {
		type: 'dns',
		at,
		vantage: {type: 'machine'},
		subject: {name, recordType, resolver: 'machine'},
		of,
	} as const;
	try {
		const {rcode, answers} = await machine.lookUp({name, type: recordType}, signal);
		return {...base, result: {rcode, answers}, ms: clock() - at};
	} catch (error) {
		return {...base, result: dnsFailure(error, signal), ms: clock() - at};
	}
}

/** Servers that stay silent: their own patience ran out before the probe's. */
export function dnsFailure(error: unknown, signal: AbortSignal): ReturnType<typeof failureOf> {
	return error instanceof Error && error.name === 'TimeoutError'
		? {failed: 'timeout', message: 'no answer in time'}
		: failureOf(error, signal);
}
