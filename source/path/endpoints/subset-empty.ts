import {kubectl} from '../../model/safe-text/command.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {labelsText} from '../words.ts';
import {endpointsFindings} from './catalogue.ts';
import {selectorField} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';

/** KNET523: the Service may have pods, and none is of the subset that the rule sends to. */
export function subsetEmpty({service, subset}: EndpointsView): Finding | undefined {
	if (!subset) {
		return undefined;
	}

	const labels = labelsText(subset.labels);
	return finding(endpointsFindings.subsetWithoutPods, {
		message: `No pod of Service ${service.name} is of subset ${subset.name}, which wants ${labels}.`,
		evidence: [
			objectField(subset.object, `spec.subsets[${subset.name}].labels`, labels),
			selectorField(service),
		],
		remedy: 'Make the labels of the subset and of the pods agree, or start the workload that has them.',
		command: kubectl(service, 'get', 'pods', '--show-labels'),
	});
}

/** Which endpoints are of the subset, only their pods tell. */
export function subsetNotKnown(snapshot: Snapshot, {service, subset}: EndpointsView): Finding | undefined {
	const state = subset && snapshot.state('Pod', service.namespace);
	return state && !isKnown(state) ? accessFinding('Pod', service.namespace, state) : undefined;
}
