import {kubectl} from '../../model/command.ts';
import {parseIp} from '../../model/ip.ts';
import {isHeadless, type Service} from '../../model/service.ts';
import type {Advice} from './name-lookup.ts';

/** Why a Service that exists may have no record, and what to do. */
export function serviceAdvice(service: Service): Advice | undefined {
	const {namespace, name, externalName = ''} = service;
	if (isHeadless(service)) {
		return {
			remedy: 'A headless Service has records for ready pods only: make one of its pods ready.',
			command: kubectl(
				{namespace},
				'get',
				'endpointslices',
				'-l',
				`kubernetes.io/service-name=${name}`,
				'-o',
				'yaml',
			),
		};
	}

	return service.type === 'ExternalName'
		? {
				remedy: parseIp(externalName)
					? 'An address is no externalName: make a Service without selector and an EndpointSlice with it.'
					: `Correct spec.externalName: ${externalName} has no record in the cluster.`,
				command: kubectl({namespace}, 'get', 'service', name, '-o', 'yaml'),
			}
		: undefined;
}
