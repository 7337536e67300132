import type {Labels} from '../../model/meta.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {recordTarget} from '../../rules/external-dns.ts';
import {objectField} from '../finding.ts';
import type {Entry, EntryAddress} from './host-addresses.ts';
import {addressesIn, observationsOf} from './observations.ts';

/** What external-dns is told to write for the names of an object, in place of its addresses. */
export function recordedEntry(ref: ObjectRef, annotations: Labels): Entry | undefined {
	const target = recordTarget(annotations);
	return (
		target && {
			addresses: target.addresses,
			stated: [
				objectField(
					ref,
					`metadata.annotations[${target.annotation}]`,
					target.addresses.map(textOf).join(', '),
				),
			],
		}
	);
}

/** None of the recorded addresses is one of the load balancer's own, and the name was not seen to answer with one of those. */
export function leadsElsewhere(snapshot: Snapshot, host: string, recorded: Entry): boolean {
	const own = new Set((recorded.alternatives ?? []).map(textOf));
	const answered = addressesIn(observationsOf(snapshot, host, 'machine'));
	return own.size > 0 && ![...recorded.addresses.map(textOf), ...answered].some((text) => own.has(text));
}

/** What stands there may be a proxy of another kind, or another address of the load balancer. */
export function wayOnwards({addresses}: Entry): string {
	return `the way from ${[...new Set(addresses.map(textOf))].join(', ')} to the load balancer`;
}

function textOf({ip, hostname}: EntryAddress): string {
	return ip ?? hostname?.toLowerCase() ?? '';
}
