import {kubectl} from '../../model/safe-text/command.ts';
import {isInferred} from '../../rules/slices-state.ts';
import {finding, type Finding} from '../finding.ts';
import {areAllPlanned} from '../planned.ts';
import {endpointsFindings} from './catalogue.ts';
import {selectorField} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';

/** KNET501: pods of manifests alone are behind a Service whose slices a server wrote. */
export function notApplied({service, slices, pods = []}: EndpointsView): Finding | undefined {
	return areAllPlanned(pods) && !slices.some(isInferred)
		? finding(endpointsFindings.selectorMatchesNoPods, {
				undecided: true,
				message: `No server has seen Pod ${pods[0]?.name ?? ''} behind Service ${service.name}.`,
				evidence: [selectorField(service)],
				remedy: 'Look at the cluster once the manifests are applied.',
				command: kubectl(service, 'get', 'pods', '--show-labels'),
			})
		: undefined;
}
