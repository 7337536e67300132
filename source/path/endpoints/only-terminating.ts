import {isHeadless} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {type Finding, finding} from '../finding.ts';
import {endpointFields} from './slice-fields.ts';
import {count, namesOf} from '../words.ts';
import {areLeaving, waitForOthers} from './not-ready.ts';
import {showSlices} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/**
KNET510: kube-proxy falls back to terminating endpoints that still serve (KEP-1669); a controller that chooses endpoints itself
leaves them alone.
*/
export function onlyTerminating(
	{service, slices, endpoints, answering, pods = []}: EndpointsView,
	snapshot: Snapshot,
): Finding | undefined {
	const leaving =
		answering.length > 0
			? answering
			: endpoints.filter(({serving, terminating, port}) => serving && terminating && port !== undefined);
	if (isHeadless(service) || leaving.length === 0 || leaving.some(({ready}) => ready)) {
		return undefined;
	}

	const names = namesOf(leaving.map(({pod, address}) => pod ?? address));
	const who = `${count(leaving.length, 'endpoint')} that ${leaving.length === 1 ? 'is' : 'are'} shutting down`;
	const what =
		answering.length > 0
			? `${who} still ${leaving.length === 1 ? 'answers' : 'answer'}`
			: `to ${who} the controller in front sends nothing more`;
	return finding(endpointsFindings.onlyTerminatingEndpoints, {
		message: `Service ${service.name} has no ready endpoint; ${what}: ${names}.`,
		evidence: leaving.slice(0, 5).flatMap(({address}) =>
			endpointFields(slices, address, {
				path: 'conditions',
				read: ({pod}) => `ready=false serving=true terminating=true (${pod?.name ?? address})`,
			}),
		),
		remedy: areLeaving(pods)
			? waitForOthers(snapshot, service, pods)
			: 'Bring up new pods before the grace period of these ends.',
		command: showSlices(service),
	});
}
