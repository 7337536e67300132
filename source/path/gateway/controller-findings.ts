import type {Snapshot} from '../../model/snapshot.ts';
import {refText} from '../../model/ref.ts';
import {finding} from '../catalogue.ts';
import type {Finding} from '../finding.ts';
import type {Controller} from '../resolver.ts';
import {readyOf} from './find-gateway-controller.ts';

/** KNET305 for the data plane of a Gateway, as far as its Service shows it. */
export function controllerFindings(snapshot: Snapshot, controller: Controller): readonly Finding[] {
	const [service] = controller.services;
	const {ready, total} = service ? readyOf(snapshot, service) : {ready: 0, total: 0};
	if (!service || total === 0 || ready === total) {
		return [];
	}

	return [
		finding('KNET305', {
			severity: ready === 0 ? 'error' : 'warning',
			message: `${ready === 0 ? 'No' : `Only ${ready} of ${total}`} pods of ${controller.implementation} ${ready === 1 ? 'is' : 'are'} ready behind Service ${service.namespace}/${service.name}.`,
			evidence: [
				{
					object: refText({kind: 'Service', ...service}),
					path: 'endpoints[].conditions.ready',
					value: `${ready} of ${total}`,
				},
			],
			remedy: 'Look at why the pods of the controller are not ready.',
			command: `kubectl -n ${service.namespace} get pods -l ${Object.entries(service.selector ?? {})
				.map(([key, value]) => `${key}=${value}`)
				.join(',')}`,
		}),
	];
}
