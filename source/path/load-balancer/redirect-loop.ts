import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {finding, objectField} from '../finding.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Fault} from './fault.ts';

/** 215: what clients send as https reaches the controller as http, and its rule sends them to https again. */
export function redirectLoopFaults({service, redirectLoop, clientPort}: Exposed): readonly Fault[] {
	return redirectLoop
		? [
				{
					finding: finding(loadBalancerFindings.redirectLoop, {
						undecided: redirectLoop.trustsHeaders === undefined ? true : undefined,
						message: `TLS of port ${clientPort} ends before the controller, whose rule redirects http to https: the redirect never ends.`,
						evidence: [objectField(refOf('Service', service), redirectLoop.by.path, redirectLoop.by.value)],
						remedy: redirectLoop.neverTrusts
							? 'Set ssl-redirect: "False", and redirect-to-https: "True" where http is to be redirected (ConfigMap or nginx.org annotations).'
							: 'Set use-forwarded-headers: "true" in the ConfigMap of the controller, or turn the redirect off (ssl-redirect: "false").',
						command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
					}),
					stop: 'nobody',
				},
			]
		: [];
}
