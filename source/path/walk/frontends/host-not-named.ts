import {editDistance} from '../../../model/matching/edit-distance.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {finding} from '../../finding.ts';
import type {Path} from '../../report.ts';
import {routeFindings} from '../../route/catalogue.ts';
import {nearestHosts} from './nearest-hosts.ts';
import {atRoute} from './at-route.ts';

/** More letters than these make another name, not a slip. */
const mostSlips = 2;

/** KNET456 at the first path, where only a rule or a listener for any host takes a host that is nearly one that rules name. */
export function withNearHosts(snapshot: Snapshot, paths: readonly Path[], host: string): readonly Path[] {
	const near = nearestHosts(snapshot, host).filter((each) => editDistance(each.host, host) <= mostSlips);
	const [first] = near;
	return first
		? atRoute(
				paths,
				finding(routeFindings.hostNotNamed, {
					message: `No rule names the host ${host}, and one for any host takes it; the nearest is ${first.host}.`,
					evidence: near.map(({object, path, host: value}) => ({object, path, value})),
					remedy: 'Check the spelling of the host, if another one was meant.',
					command: 'kubectl get ingress,httproute -A',
				}),
			)
		: paths;
}
