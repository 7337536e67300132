import {ipText, parseIp, type Cidr, type Ip} from '../../model/matching/ip.ts';

const ipv4Suffix = '.in-addr.arpa.';
const ipv6Suffix = '.ip6.arpa.';

/** Below in-addr.arpa or ip6.arpa; the two themselves are not. `name` in lower case with the dot at the end. */
export function isReverseName(name: string): boolean {
	return name.endsWith(ipv4Suffix) || name.endsWith(ipv6Suffix);
}

/** The address that a PTR name stands for, in its usual text. Undefined: it stands for none. */
export function addressOfReverseName(name: string): string | undefined {
	const ip = name.endsWith(ipv4Suffix)
		? parseIp(parts(name, ipv4Suffix).join('.'))
		: name.endsWith(ipv6Suffix)
			? parseIp(joinNibbles(parts(name, ipv6Suffix)))
			: undefined;
	return ip && ipText(ip);
}

function parts(name: string, suffix: string): readonly string[] {
	return name.slice(0, -suffix.length).split('.').toReversed();
}

function joinNibbles(nibbles: readonly string[]): string {
	return Array.from({length: Math.floor(nibbles.length / 4)}, (_, index) =>
		nibbles.slice(index * 4, index * 4 + 4).join(''),
	).join(':');
}

/** The name to ask for the PTR record of an address. */
export function reverseName({family, value}: Ip): string {
	if (family === 'IPv4') {
		return `${ipText({family, value}).split('.').toReversed().join('.')}${ipv4Suffix}`;
	}

	return `${value.toString(16).padStart(32, '0').split('').toReversed().join('.')}${ipv6Suffix}`;
}

/**
Reverse zones of a range, as CoreDNS makes them of a CIDR in a Corefile: one for each part on a label boundary, which
is 8 bits for IPv4 and 4 for IPv6 (plugin/pkg/cidr).
*/
export function reverseZones({family, value: base, prefix}: Cidr): readonly string[] {
	const bits = family === 'IPv4' ? 32 : 128;
	const label = family === 'IPv4' ? 8 : 4;
	const boundary = Math.ceil(prefix / label) * label;
	const step = 1n << BigInt(bits - boundary);
	return Array.from({length: 2 ** (boundary - prefix)}, (_, index) =>
		reverseName({family, value: base + BigInt(index) * step})
			.split('.')
			.slice((bits - boundary) / label)
			.join('.'),
	);
}
