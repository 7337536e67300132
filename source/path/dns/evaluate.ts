import {parseIp} from '../../model/matching/ip.ts';
import type {Service} from '../../model/services/service.ts';
import {lookUpName} from './names/name-lookup.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import {nameHop, hopOf} from './dns-hop.ts';
import {resolveOutside} from './resolve-outside.ts';
import {resolveService} from './resolve-service.ts';
import type {Entry} from './host-addresses.ts';

export type DnsInput =
	/** The host of an entry, and the addresses that its clients should be led to. */
	| ({readonly type: 'host'; readonly host: string} & Entry)
	/** A Service, by the name that its clients use. */
	| {readonly type: 'service'; readonly service: Service}
	/** Any name, as typed in the client. */
	| {readonly type: 'name'; readonly name: string};

/**
How the client finds the address. Public DNS is not the cluster's: without a look-up a host is predicted, never blamed.
Names of the cluster follow from the objects and from the health of its DNS.
*/
export const dnsEvaluator: HopEvaluator<'dns', DnsInput> = {
	kind: 'dns',
	evaluate(hopContext, input) {
		switch (input.type) {
			case 'host':
				return resolveHost(hopContext, input);
			case 'service':
				return resolveService(hopContext, input.service);
			case 'name':
				return parseIp(input.name)
					? hopOf({status: 'skipped', summary: 'an address: no name to look up'})
					: resolveName(hopContext, input.name, 'name');
		}
	},
};

function resolveHost(
	hopContext: HopContext,
	{host, ...entry}: Extract<DnsInput, {type: 'host'}>,
): HopEvaluation<'dns'> {
	if (host === '' || host.startsWith('*.')) {
		return hopOf({
			status: 'skipped',
			summary: host === '' ? 'any host' : 'a wildcard: ask for a concrete host',
		});
	}

	if (parseIp(host)) {
		return hopOf({status: 'skipped', summary: 'an address: no name to look up'});
	}

	return hopContext.source.kind === 'pod'
		? resolveName(hopContext, host, 'host')
		: resolveOutside(hopContext, host, entry);
}

function resolveName(
	{snapshot, source, detail}: HopContext,
	name: string,
	intent: 'host' | 'name',
): HopEvaluation<'dns'> {
	const namespace = source.kind === 'pod' ? source.namespace : 'default';
	return nameHop(lookUpName({snapshot, name, source, namespace, detail, intent}), {name});
}
