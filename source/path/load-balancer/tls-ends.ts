import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {type Finding, finding, objectField} from '../finding.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';

/** KNET220: what clients send as https is judged as the plain HTTP that it is behind the load balancer. */
export function tlsEndsFindings({service, tlsEnds, clientPort}: Exposed): readonly Finding[] {
	return tlsEnds
		? [
				finding(loadBalancerFindings.tlsEnds, {
					message: `TLS of port ${clientPort} ends at the load balancer of ${service.name}: what comes out of it is plain HTTP.`,
					evidence: [objectField(refOf('Service', service), tlsEnds.path, tlsEnds.value)],
					remedy:
						'Leave it if that is intended; otherwise let the load balancer pass TLS on or encrypt again.',
					command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
				}),
			]
		: [];
}
