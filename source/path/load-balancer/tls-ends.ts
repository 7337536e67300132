import {kubectl} from '../../model/command.ts';
import {finding} from '../finding.ts';
import {serviceRef, type Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Fault} from './fault.ts';

/** 220: what clients send as https is judged as the plain HTTP that it is behind the load balancer. */
export function tlsEndsFaults({service, tlsEnds, clientPort}: Exposed): readonly Fault[] {
	return tlsEnds
		? [
				{
					finding: finding(loadBalancerFindings.tlsEnds, {
						message: `TLS of port ${clientPort} ends at the load balancer of ${service.name}: behind it comes plain HTTP.`,
						evidence: [{object: serviceRef(service), ...tlsEnds}],
						remedy: 'Let what is behind it take plain HTTP on that port, or do not end TLS before.',
						command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
					}),
				},
			]
		: [];
}
