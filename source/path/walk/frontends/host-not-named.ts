import {differsByAtMost} from '../../../model/matching/edit-distance.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {finding} from '../../finding.ts';
import type {Path} from '../../report.ts';
import {routeFindings} from '../../route/catalogue.ts';
import {nearestHosts} from './nearest-hosts.ts';
import {atRoute} from './at-route.ts';

/** More letters than these make another name, not a slip. */
const mostSlips = 2;

/** KNET456 at the first path: only rules or listeners for any host are left, and a rule names a host that is nearly this one. */
export function withNearHosts(snapshot: Snapshot, paths: readonly Path[], host: string): readonly Path[] {
	const near = nearestHosts(snapshot, host).filter((each) => differsByAtMost(mostSlips, each.host, host));
	const [first] = near;
	return first
		? atRoute(
				paths,
				finding(routeFindings.hostNotNamed, {
					message: `No rule names the host ${host}, so rules for any host decide; the nearest is ${first.host}.`,
					evidence: near.map(({object, path, host: value}) => ({object, path, value})),
					remedy: 'Check the spelling of the host, if another one was meant.',
					command: 'kubectl get ingress,httproute -A',
				}),
			)
		: paths;
}
