import {refText} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {nearest} from '../nearest.ts';

/** Hosts of rules that look like the one asked for, nearest first, three at most. */
export function nearestHosts(
	snapshot: Snapshot,
	host: string,
): readonly {readonly host: string; readonly object: string}[] {
	const ofIngresses = snapshot
		.list('Ingress')
		.flatMap(({rules, namespace, name}) =>
			rules.map((rule) => ({host: rule.host, object: refText({kind: 'Ingress', namespace, name})})),
		);
	const ofRoutes = snapshot
		.list('HTTPRoute')
		.flatMap(({hostnames, namespace, name}) =>
			hostnames.map((hostname) => ({host: hostname, object: refText({kind: 'HTTPRoute', namespace, name})})),
		);
	const all = [...ofIngresses, ...ofRoutes].filter((item) => item.host !== '');
	const names = nearest(
		host,
		all.map((item) => item.host),
	);
	return names.slice(0, 3).flatMap((name) => all.find((item) => item.host === name) ?? []);
}
