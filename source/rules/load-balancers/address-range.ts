import {cidrContains, parseCidr, parseIp, type Ip} from '../../model/matching/ip.ts';

/** Whether an address is in a CIDR or in `FIRST-LAST`, as pools of MetalLB have both. */
export function isInRange(range: string, ip: Ip): boolean {
	const cidr = parseCidr(range);
	if (cidr) {
		return cidrContains(cidr, ip);
	}

	const [first, last] = range.split('-').map((text) => parseIp(text.trim()));
	return (
		first?.family === ip.family &&
		last?.family === ip.family &&
		first.value <= ip.value &&
		ip.value <= last.value
	);
}
