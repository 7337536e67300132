import {refOf, refText} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {routers} from '../../../rules/routers/routers.ts';
import {nearest} from '../../nearest.ts';

/** A host, and where it stands. */
export type HostField = {readonly host: string; readonly object: string; readonly path: string};

/** Hosts of rules that look like the one asked for, nearest first, three at most. */
export function nearestHosts(snapshot: Snapshot, host: string): readonly HostField[] {
	const ofIngresses = snapshot.list('Ingress').flatMap(({rules, namespace, name}) =>
		rules.map(({host}) => ({
			host,
			object: refText({kind: 'Ingress', namespace, name}),
			path: 'spec.rules[].host',
		})),
	);
	const ofRoutes = snapshot.list('HTTPRoute').flatMap(({hostnames, namespace, name}) =>
		hostnames.map((host) => ({
			host,
			object: refText({kind: 'HTTPRoute', namespace, name}),
			path: 'spec.hostnames',
		})),
	);
	const ofRouters = routers.flatMap((router) =>
		snapshot.list(router.kind).flatMap((object) =>
			router.hostsOf(snapshot, object).map((host) => ({
				host,
				object: refText(refOf(router.kind, object)),
				path: router.hostField,
			})),
		),
	);
	const all = [...ofIngresses, ...ofRoutes, ...ofRouters].filter((item) => item.host !== '');
	const names = nearest(
		host,
		all.map((item) => item.host),
	);
	return names.slice(0, 3).flatMap((name) => all.find((item) => item.host === name) ?? []);
}
