import {cidrContains, ipText, parseCidr, parseIp, type Ip} from '../../../model/matching/ip.ts';
import type {Service} from '../../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import {memoize} from '../../memoize.ts';

/**
An address of the Services' range that no Service has: nothing answers there. The range is not written down where pods can see it; what
lies between two cluster IPs of one range is surely of it.
*/
export function isUnassignedServiceAddress(snapshot: Snapshot, address: string): boolean {
	const ip = parseIp(address);
	if (!ip || !isKnown(snapshot.state('Service'))) {
		return false;
	}

	const {ofRange, taken} = addressesOf(snapshot.list('Service'));
	const near = ofRange.filter((each) => isNear(ip, each));
	const isBetween = near.some(({value}) => value < ip.value) && near.some(({value}) => value > ip.value);
	return isBetween && !taken.has(ipText(ip));
}

/**
A cluster may have several ranges, and what lies between them is anybody's (KEP-1880). A range has at most 20 bits for hosts
(kube-apiserver, --service-cluster-ip-range).
*/
function isNear(ip: Ip, other: Ip): boolean {
	const range = parseCidr(`${ipText(ip)}/${ip.family === 'IPv4' ? 12 : 108}`);
	return range !== undefined && cidrContains(range, other);
}

const addressesOf = memoize((services: readonly Service[]) => {
	const ofRange = parsed(services.flatMap(({clusterIPs}) => clusterIPs));
	const others = services.flatMap(({externalIPs, loadBalancer}) => [
		...externalIPs,
		...loadBalancer.flatMap(({ip}) => ip ?? []),
	]);
	return {ofRange, taken: new Set([...ofRange, ...parsed(others)].map(ipText))};
});

function parsed(texts: readonly string[]): readonly Ip[] {
	return texts.map(parseIp).filter((each) => each !== undefined);
}
