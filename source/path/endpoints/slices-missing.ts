import {refOf} from '../../model/ref.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {count} from '../words.ts';
import {selectorField, showSlices} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/** The controller writes slices within a moment; a Service younger than this may simply be new. Milliseconds. */
const settleTime = 10_000;

/** KNET508: pods with addresses match, and the Service has no slice at all, not even the placeholder. */
export function slicesMissing({service, slices, pods = []}: EndpointsView, now: number): Finding | undefined {
	const withIp = pods.filter(({podIPs}) => podIPs.length > 0);
	const isNew = service.createdAt === undefined || now - service.createdAt <= settleTime;
	if (slices.length > 0 || withIp.length === 0 || isNew) {
		return undefined;
	}

	return finding(endpointsFindings.endpointSlicesMissing, {
		message: `${count(withIp.length, 'pod')} with an IP ${withIp.length === 1 ? 'matches' : 'match'} Service ${service.name}, and it has no EndpointSlice.`,
		evidence: [
			selectorField(service),
			...withIp.slice(0, 3).map((pod) => objectField(refOf('Pod', pod), 'status.podIPs', pod.podIPs.join())),
		],
		remedy: 'Bring kube-controller-manager back, which writes them: see its log and its leader lease.',
		command: showSlices(service),
	});
}
