import {parseIp} from '../../model/matching/ip.ts';

/** The address as Go writes it (net.IP.String): the form in which the EndpointSlice controller writes pod IPs. */
export function formatIp(text: string): string | undefined {
	const ip = parseIp(text);
	if (!ip) {
		return undefined;
	}

	return ip.family === 'IPv4' ? formatIpv4(ip.value) : formatIpv6(ip.value);
}

function formatIpv4(value: bigint): string {
	return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
}

function formatIpv6(value: bigint): string {
	const groups = Array.from({length: 8}, (_, at) =>
		((value >> BigInt(112 - at * 16)) & 0xffffn).toString(16),
	);
	const {start, length} = longestZeros(groups);
	return length < 2
		? groups.join(':')
		: `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** The first of the longest runs of zero groups (RFC 5952 §4.2). */
function longestZeros(groups: readonly string[]): {readonly start: number; readonly length: number} {
	let best = {start: 0, length: 0};
	let start = 0;
	for (const [at, group] of groups.entries()) {
		start = group === '0' ? start : at + 1;
		best = at + 1 - start > best.length ? {start, length: at + 1 - start} : best;
	}

	return best;
}
