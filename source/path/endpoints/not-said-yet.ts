import {type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {endpointsFindings} from './catalogue.ts';
import {isReady, waitForSlices} from './not-ready.ts';
import {showSlices} from './service-evidence.ts';
import {notReadyFields} from './slice-fields.ts';
import type {EndpointsView} from './view.ts';

/** KNET504 as a remark: pods became ready a moment ago, and the controller has still to write that down. KNET509 has those of long ago. */
export function notSaidYet({service, slices, endpoints, answering}: EndpointsView): Finding | undefined {
	const alive = endpoints.filter(({terminating}) => !terminating);
	const late = alive.filter(({ready, podObject}) => !ready && podObject && isReady(podObject));
	if (!service.selector || late.length === 0 || !answering.some(({ready}) => ready)) {
		return undefined;
	}

	const names = namesOf(late.map(({pod, address}) => pod ?? address));
	const which = `${late.length} of ${count(alive.length, 'pod')} of Service ${service.name}`;
	return finding(endpointsFindings.someEndpointsNotReady, {
		severity: 'info',
		message: `${which} ${late.length === 1 ? 'is' : 'are'} ready, and the EndpointSlices do not say so yet: ${names}.`,
		evidence: late.slice(0, 5).flatMap(({address}) => notReadyFields(slices, address)),
		remedy: waitForSlices,
		command: showSlices(service),
	});
}
