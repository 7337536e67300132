import {isInferred} from '../../rules/slices-state.ts';
import {type Finding, finding} from '../finding.ts';
import {arePlanned} from '../planned.ts';
import {endpointsFindings} from './catalogue.ts';
import type {EndpointsView} from './view.ts';
import {selectorField} from './service-evidence.ts';

/** KNET522. */
export function slicesInferred({service, slices, pods}: EndpointsView): Finding | undefined {
	return slices.some(isInferred)
		? finding(endpointsFindings.slicesInferred, {
				message: arePlanned(pods)
					? `The input holds no pods: those that its manifests ask for are taken to run and to be ready.`
					: `The input holds no EndpointSlices: the endpoints of Service ${service.name} are inferred from its selector and its pods.`,
				evidence: [selectorField(service)],
				remedy: arePlanned(pods)
					? 'Look at the cluster once the manifests are applied.'
					: 'Add the EndpointSlices to the file.',
				command: 'kubectl get endpointslices -A -o yaml',
			})
		: undefined;
}
