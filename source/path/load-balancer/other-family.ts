import {refOf} from '../../model/ref.ts';
import {parseIp} from '../../model/matching/ip.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Exposed} from './context.ts';

/** KNET221: kube-proxy takes load balancer addresses of the Service's own families alone (pkg/proxy/serviceport.go; seen on 1.35: time-out). */
export function otherFamilyFindings({service, podTargets}: Exposed): readonly Finding[] {
	const {ipFamilies, loadBalancer} = service;
	const addresses = loadBalancer.flatMap(({ip, ipMode}) => (ip === undefined ? [] : [{ip, ipMode}]));
	const isForeign = ({ip, ipMode}: (typeof addresses)[number]): boolean => {
		const family = parseIp(ip)?.family;
		return ipMode !== 'Proxy' && family !== undefined && !ipFamilies.some((each) => each === family);
	};
	const [first] = addresses;
	if (!first || podTargets || ipFamilies.length === 0 || !addresses.every(isForeign)) {
		return [];
	}

	return [
		finding(loadBalancerFindings.addressOfOtherFamily, {
			message: `The load balancer of ${service.name} has ${first.ip}, and the Service is ${ipFamilies.join(' and ')}: kube-proxy leaves it out.`,
			evidence: [
				objectField(refOf('Service', service), 'status.loadBalancer.ingress[].ip', first.ip),
				objectField(refOf('Service', service), 'spec.ipFamilies', ipFamilies.join()),
			],
			remedy: 'Give the Service that IP family too, or the load balancer an address of its family.',
			command: kubectl(service, 'get', 'service', service.name, '-o', 'yaml'),
		}),
	];
}
