import {parseIp, type Ip} from '../../../model/matching/ip.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';

/**
An address of the Services' range that no Service has: nothing answers there. The range is not written down where pods can see it; what
lies between two cluster IPs is surely of it.
*/
export function isUnassignedServiceAddress(snapshot: Snapshot, address: string): boolean {
	const ip = parseIp(address);
	const services = snapshot.list('Service');
	if (!ip || !isKnown(snapshot.state('Service'))) {
		return false;
	}

	const taken = services.flatMap(({clusterIPs, externalIPs, loadBalancer}) => [
		...clusterIPs,
		...externalIPs,
		...loadBalancer.flatMap((ingress) => ingress.ip ?? []),
	]);
	const ofRange = services
		.flatMap(({clusterIPs}) => clusterIPs)
		.map(parseIp)
		.filter((each): each is Ip => each?.family === ip.family)
		.map(({value}) => value);
	const isBetween = ofRange.some((each) => each < ip.value) && ofRange.some((each) => each > ip.value);
	return isBetween && !taken.includes(address);
}
