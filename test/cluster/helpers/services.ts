import type {Random} from './random.ts';
import {service} from './manifests.ts';

/** Workloads that generated Services select, by their label `app`; the last one does not exist. */
const workloads = ['web', 'local', 'unready', 'none'] as const;

/** A Service of any shape that the API server takes, with ports, policies, families and ranges at random. */
export function generateService(name: string, random: Random): string {
	const type = random.pick(['ClusterIP', 'ClusterIP', 'NodePort', 'LoadBalancer'] as const);
	const isExternal = type !== 'ClusterIP';
	const fields = [
		`type: ${type}`,
		`selector: {app: ${random.pick(workloads)}}`,
		`ports: [${generatePorts(random)}]`,
		...familyFields(random),
		...(random.chance(0.25) ? ['internalTrafficPolicy: Local'] : []),
		...(isExternal && random.chance(0.4) ? ['externalTrafficPolicy: Local'] : []),
		...(random.chance(0.2) ? ['sessionAffinity: ClientIP'] : []),
		...(random.chance(0.1) ? ['trafficDistribution: PreferClose'] : []),
		...(random.chance(0.1) ? ['publishNotReadyAddresses: true'] : []),
		...(random.chance(0.15) ? [`externalIPs: [198.51.100.${1 + random.below(200)}]`] : []),
		...(type === 'LoadBalancer' ? balancerFields(random) : []),
	];
	return service(name, fields.join(', '));
}

function familyFields(random: Random): readonly string[] {
	return random.pick([
		[],
		[],
		['ipFamilyPolicy: PreferDualStack'],
		['ipFamilyPolicy: SingleStack', 'ipFamilies: [IPv6]'],
		['ipFamilyPolicy: PreferDualStack', 'ipFamilies: [IPv6, IPv4]'],
	]);
}

function balancerFields(random: Random): readonly string[] {
	return [
		...(random.chance(0.4)
			? [`loadBalancerSourceRanges: [${random.pick(['10.0.0.0/8', '203.0.113.0/24, 10.89.0.0/24'])}]`]
			: []),
		...(random.chance(0.2) ? ['allocateLoadBalancerNodePorts: false'] : []),
	];
}

const targets = ['http', '8080', 'nobody-has-it'];

function generatePorts(random: Random): string {
	const port = (name: string, number: number, protocol = 'TCP'): string =>
		`{${name === '' ? '' : `name: ${name}, `}port: ${number}, protocol: ${protocol}, targetPort: ${random.pick(targets)}}`;
	switch (random.below(4)) {
		case 0:
			return port('', 80);
		case 1:
			return `${port('http', 80)}, ${port('a-long-name-15ch', 8443)}`.replace('15ch', 'x');
		case 2:
			return `${port('tcp', 53)}, ${port('udp', 53, 'UDP')}`;
		default:
			return port('http', 80 + random.below(1000));
	}
}
