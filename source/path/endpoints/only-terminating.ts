import {isHeadless} from '../../model/service.ts';
import {finding} from '../catalogue.ts';
import type {Finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {showSlices} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';

/** KNET510: kube-proxy falls back to terminating endpoints that still serve (KEP-1669). */
export function onlyTerminating({service, answering}: EndpointsView): Finding | undefined {
	if (isHeadless(service) || answering.length === 0 || answering.some(({ready}) => ready)) {
		return undefined;
	}

	const names = answering.map(({pod, address}) => pod ?? address);
	return finding('KNET510', {
		message: `Service ${service.name} has no ready endpoint; ${count(answering.length, 'endpoint')} that ${answering.length === 1 ? 'is' : 'are'} shutting down still ${answering.length === 1 ? 'answers' : 'answer'}: ${namesOf(names)}.`,
		evidence: answering.slice(0, 5).map(({pod, address}) => ({
			object: pod ? `Pod/${service.namespace}/${pod}` : address,
			path: 'endpoints[].conditions',
			value: 'ready=false serving=true terminating=true',
		})),
		remedy: 'Bring up new pods before the grace period of these ends.',
		command: showSlices(service),
	});
}
