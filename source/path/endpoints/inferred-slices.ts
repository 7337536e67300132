import {isInferred} from '../../rules/slices-state.ts';
import {type Finding, finding} from '../finding.ts';
import {areAllPlanned} from '../planned.ts';
import {endpointsFindings} from './catalogue.ts';
import type {EndpointsView} from './view.ts';
import {selectorField} from './service-evidence.ts';

/** KNET522. */
export function slicesInferred({service, slices, pods}: EndpointsView): Finding | undefined {
	return slices.some(isInferred)
		? finding(endpointsFindings.slicesInferred, {
				message: areAllPlanned(pods)
					? `The input holds no pods: those that its manifests ask for are taken to run and to be ready.`
					: `The input holds no EndpointSlice of Service ${service.name}: its endpoints are inferred from selector and pods.`,
				evidence: [selectorField(service)],
				remedy: areAllPlanned(pods)
					? 'Look at the cluster once the manifests are applied.'
					: 'Add the EndpointSlices to the file.',
				command: 'kubectl get endpointslices -A -o yaml',
			})
		: undefined;
}
