import {parseIp} from '../../../model/matching/ip.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {recordNames, recordTarget} from '../../../rules/external-dns.ts';
import {memoize} from '../../../rules/memoize.ts';
import {dnsEvaluator} from '../../dns/evaluate.ts';
import {recordedEntry} from '../../dns/recorded-entry.ts';
import {addressFields} from '../../load-balancer/address-fields.ts';
import type {Path} from '../../report.ts';
import type {UrlTarget} from '../../target.ts';
import {hopContextOf, type WalkContext} from '../context.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import {skipped} from '../skipped.ts';
import {walkAddress} from './walk-address.ts';
import {walkService} from './walk-service.ts';

export type Asked = {
	readonly title: string;
	readonly target: UrlTarget;
	/** The host, or what the client connects to where a Host header names another. */
	readonly host: string;
	/** How an Ingress or a route takes the host: by name, because it takes any host, or not at all. */
	readonly served: 'by-name' | 'as-any' | 'never';
};

/** Whether a client connects to it as it stands: an IP address, or the hostname of a load balancer. */
export function isAddress({snapshot}: WalkContext, host: string): boolean {
	return parseIp(host) !== undefined || serviceAt(snapshot, host) !== undefined;
}

/** The Service whose load balancer a name of external-dns leads to. */
export function recordedAt(snapshot: Snapshot, host: string): Service | undefined {
	return byRecord(snapshot.list('Service')).get(host);
}

/** The Service or the pod that has the address, whoever stands behind it. */
export function addressPaths(
	context: WalkContext,
	{title, target: {request}, host}: Omit<Asked, 'served'>,
): readonly Path[] {
	const family = parseIp(host)?.family;
	if (family) {
		const scheme = context.from.kind === 'pod' ? request.scheme : undefined;
		const dns = skipped('dns', 'an address: no name to look up');
		const approach = {title, dns, family, scheme};
		return walkAddress(context, {kind: 'address', text: title, ip: host, port: request.port}, approach);
	}

	const atAddress = serviceAt(context.snapshot, host);
	const service = atAddress ?? recordedAt(context.snapshot, host);
	if (!service) {
		return [];
	}

	const {namespace, name, loadBalancer, annotations} = service;
	const ref = refOf('Service', service);
	const own = {addresses: loadBalancer, stated: addressFields(ref, loadBalancer)};
	const recorded = atAddress ? undefined : recordedEntry(ref, annotations);
	const outside: WalkContext =
		context.from.kind === 'external' ? context : {...context, from: {kind: 'external'}};
	const dns = evaluateHop(dnsEvaluator, hopContextOf(context), {
		type: 'host',
		host,
		...(recorded ? {...recorded, alternatives: loadBalancer} : own),
	});
	const target = {kind: 'service', text: title, namespace, name, port: request.port} as const;
	return walkService(outside, target, {title, dns, clientNode: nodeOfClient(context)});
}

function nodeOfClient({snapshot, from}: WalkContext): string | undefined {
	switch (from.kind) {
		case 'pod':
			return snapshot.get('Pod', from.namespace, from.name)?.nodeName;
		case 'node':
			return from.name;
		case 'external':
			return undefined;
	}
}

function serviceAt(snapshot: Snapshot, hostname: string): Service | undefined {
	return byHostname(snapshot.list('Service')).get(hostname);
}

// Every entry of a list asks.
const byHostname = memoize((services: readonly Service[]) =>
	byName(services, ({loadBalancer}) => loadBalancer.map(({hostname}) => hostname ?? '')),
);

/** external-dns makes these names records of the load balancer, or of what another annotation says. */
const byRecord = memoize((services: readonly Service[]) =>
	byName(services, ({loadBalancer, annotations}) =>
		loadBalancer.length > 0 || recordTarget(annotations) ? recordNames(annotations) : [],
	),
);

function byName(
	services: readonly Service[],
	namesOf: (service: Service) => readonly string[],
): ReadonlyMap<string, Service> {
	const names = services.flatMap((service) =>
		namesOf(service).map((name) => [name.trim().replace(/\.$/u, '').toLowerCase(), service] as const),
	);
	return new Map(names.filter(([name]) => name !== ''));
}
