import type {NameLookup} from './names/name-lookup.ts';
import {isLoopbackName} from './names/loopback-name.ts';
import type {Finding} from '../finding.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';
import {statusOf} from '../hop-status.ts';
import {refOf} from '../../model/ref.ts';
import {namesOf} from '../words.ts';
import type {HopStatus} from '../hop.ts';
import type {DnsDetails} from '../details.ts';
import type {StopReason} from '../../rules/stop.ts';

/** The hop of a look-up at the cluster's DNS. */
export function nameHop(
	found: NameLookup,
	{name, alias}: {readonly name: string; readonly alias?: Finding},
): HopEvaluation<'dns'> {
	const findings = [...found.findings, ...(alias ? [alias] : [])];
	const {inHostsFile, client, health} = found;
	const subject = inHostsFile
		? client.pod && refOf('Pod', client.pod)
		: health.service && refOf('Service', health.service);
	const status = statusOf(findings);
	return hopOf({
		status,
		summary: summaryOf(found, name),
		findings,
		basis: found.observed ? 'evidence' : 'objects',
		// The name is there and leads to one that is not: look-ups of it fail.
		stop: status === 'broken' ? (found.stop ?? (alias ? 'dns-failure' : 'no-address')) : undefined,
		details: {queries: found.queries, search: found.client.resolvConf.searches},
		subject,
		notChecked: found.notChecked,
	});
}

function summaryOf(
	{final, inHostsFile, client, resolution, stop, failure}: NameLookup,
	name: string,
): string {
	if (final && inHostsFile) {
		return `${name} → ${namesOf(final.data)}, by the hosts file of the pod`;
	}

	if (failure) {
		return failure;
	}

	if (isLoopbackName(name)) {
		return `${name}: the loopback of the client`;
	}

	if (client.asks !== 'cluster') {
		return `${name}: the pod asks ${client.resolvConf.nameservers[0] ?? "its node's DNS"}`;
	}

	const [server] = client.servers;
	if (server?.type === 'other' || server?.type === 'cloud-dns') {
		return `${name}: what ${server.address} answers is not known`;
	}

	if (final) {
		const open = final.outcome?.open;
		return open === undefined || final.data.length > 0
			? `${final.name} → ${namesOf(final.data.slice(0, 3))}`
			: `${final.name} → ${open.replace(/\.$/u, '')}, outside the cluster`;
	}

	if (stop) {
		return `${name} does not resolve`;
	}

	return resolution.end === 'forwarded' ? `${name}: a DNS outside answers` : `${name}: not known`;
}

export function hopOf(parts: {
	readonly status: HopStatus;
	readonly summary: string;
	readonly findings?: readonly Finding[];
	readonly details?: DnsDetails;
	readonly basis?: 'objects' | 'evidence';
	readonly stop?: StopReason;
	readonly subject?: HopEvaluation<'dns'>['hop']['subject'];
	readonly notChecked?: readonly string[];
}): HopEvaluation<'dns'> {
	const {status, summary, findings = [], details, basis = 'objects', stop, subject, notChecked} = parts;
	return {hop: {kind: 'dns', status, basis, subject, summary, findings, details, notChecked}, stop};
}
