import {showSlices} from '../../endpoints/service-evidence.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import {parseIp} from '../../../model/matching/ip.ts';
import {isHeadless, type Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {dnsConfigOf} from '../../../rules/cluster-dns/corefile/dns-config-of.ts';
import {isPartOfName} from '../../../rules/cluster-dns/answers/alias-target.ts';
import {fqdn, isWithin} from '../../../rules/cluster-dns/name.ts';
import {parseName} from '../../../rules/cluster-dns/parse-name.ts';
import type {Advice} from './advice.ts';

/** Why a Service that exists may have no record, and what to do. */
export function serviceAdvice(snapshot: Snapshot, service: Service): Advice | undefined {
	const {namespace, name, externalName = ''} = service;
	if (isHeadless(service)) {
		return headlessAdvice(snapshot, service);
	}

	return service.type === 'ExternalName'
		? {
				...aliasAdvice(snapshot, service, externalName),
				command: kubectl({namespace}, 'get', 'service', name, '-o', 'yaml'),
			}
		: undefined;
}

function aliasAdvice(snapshot: Snapshot, service: Service, target: string): Pick<Advice, 'cause' | 'remedy'> {
	if (parseIp(target)) {
		return {
			cause: `externalName ${target} is an address, not a name`,
			remedy: 'Make a Service without selector and an EndpointSlice with the address.',
		};
	}

	if (isPartOfName(snapshot, target, service.namespace)) {
		return {
			cause: `its externalName ${target} is looked up as it stands, without a search list`,
			remedy: `Write the whole name, as in SERVICE.NAMESPACE.svc.${dnsConfigOf(snapshot).domain}.`,
		};
	}

	return {
		cause: leadsBack(snapshot, service)
			? `its externalName ${target} loops back to it`
			: `its externalName ${target} has none`,
		remedy: 'Correct spec.externalName.',
	};
}

/** Aliases that stand for each other: CoreDNS follows them a few times, and gives no address. */
function leadsBack(snapshot: Snapshot, service: Service): boolean {
	const zone = fqdn(dnsConfigOf(snapshot).domain);
	const seen = new Set<Service>();
	let next: Service | undefined = service;
	while (next && !seen.has(next)) {
		seen.add(next);
		next = namedBy(snapshot, next, zone);
	}

	return next === service;
}

function namedBy(snapshot: Snapshot, {externalName = ''}: Service, zone: string): Service | undefined {
	const target = fqdn(externalName).toLowerCase();
	const named = isWithin(zone, target) ? parseName(target, zone) : undefined;
	return named?.type === 'svc' ? snapshot.get('Service', named.namespace, named.service) : undefined;
}

/** Peers of a StatefulSet that look for each other before they are ready wait for ever (nats-io/k8s#441). */
function headlessAdvice(
	snapshot: Snapshot,
	{namespace, name, selector, publishNotReadyAddresses}: Service,
): Advice {
	const set = snapshot.list('StatefulSet', namespace).find(({serviceName}) => serviceName === name);
	return {
		cause: 'the headless Service has no ready pod',
		remedy:
			publishNotReadyAddresses || !selector
				? 'Make one of its pods ready: a headless Service has records for ready pods only.'
				: `Make a pod ready. If ${set ? `pods of StatefulSet ${set.name}` : 'its pods'} wait for each other, set publishNotReadyAddresses: true on the Service.`,
		command: showSlices({namespace, name}),
	};
}
