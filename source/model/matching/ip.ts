import type {IpFamily} from '../services/service.ts';

/** An IP address as a number, so that `::1` and `0:0:0:0:0:0:0:1` are one. */
export type Ip = {readonly family: IpFamily; readonly value: bigint};

/** A block of addresses; its host bits are zero, whatever the text had (core/v1 allows them to be set). */
export type Cidr = Ip & {readonly prefix: number};

/** Undefined for anything that is not an IP address. An IPv4-mapped IPv6 address counts as IPv4, as in Go's net.ParseIP. */
export function parseIp(text: string): Ip | undefined {
	return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Whether a text is that address, however it is written. */
export function isIp(text: string, {family, value}: Ip): boolean {
	const parsed = parseIp(text);
	return parsed?.family === family && parsed.value === value;
}

/** Accepts white space around the block: validation of loadBalancerSourceRanges lets it through (pkg/proxy). */
export function parseCidr(text: string): Cidr | undefined {
	const [address = '', length, ...rest] = text.trim().split('/');
	const ip = parseIp(address);
	if (!ip || length === undefined || rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length)) {
		return undefined;
	}

	const prefix = Number(length);
	const shift = BigInt(Math.max(bits(ip.family) - prefix, 0));
	return prefix <= bits(ip.family) ? {...ip, value: (ip.value >> shift) << shift, prefix} : undefined;
}

export function cidrContains(block: Cidr, ip: Ip): boolean {
	const shift = BigInt(bits(block.family) - block.prefix);
	return block.family === ip.family && block.value >> shift === ip.value >> shift;
}

/** An address alone is a range of its own. */
export function asCidr(range: string): string {
	return range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`;
}

export function isWithin(ip: Ip, range: string): boolean {
	const block = parseCidr(asCidr(range));
	return block !== undefined && cidrContains(block, ip);
}

export function sameIp(one: string, other: string): boolean {
	const a = parseIp(one);
	const b = parseIp(other);
	return a && b ? a.family === b.family && a.value === b.value : one === other;
}

/** `address:port`, with brackets around an IPv6 address, as Go's net.JoinHostPort writes it. */
export function joinHostPort(address: string, port: number): string {
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Addresses that only a private network routes: RFC 1918, 6598, 4193, loopback and link-local. */
export function isInsideAddress(ip: Ip): boolean {
	return insideBlocks.some((block) => cidrContains(block, ip));
}

/**
Whether the internet routes it: neither private nor set aside (IANA special-purpose registries, RFC 6890): networks of
documentation, benchmarks and multicast are used inside as well, and another network may use the same address.
*/
export function isPublicAddress(ip: Ip): boolean {
	return !isInsideAddress(ip) && !specialBlocks.some((block) => cidrContains(block, ip));
}

/** The canonical text: RFC 5952 for IPv6, as Go's net.IP prints it. */
export function ipText(ip: Ip): string {
	if (ip.family === 'IPv4') {
		return [24n, 16n, 8n, 0n].map((shift) => String((ip.value >> shift) & 0xffn)).join('.');
	}

	const groups = Array.from({length: 8}, (_, index) =>
		((ip.value >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
	);
	const zeros = longestZeros(groups);
	return zeros.length < 2
		? groups.join(':')
		: `${groups.slice(0, zeros.start).join(':')}::${groups.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeros(groups: readonly string[]): {readonly start: number; readonly length: number} {
	let best = {start: 0, length: 0};
	let length = 0;
	for (const [index, group] of groups.entries()) {
		length = group === '0' ? length + 1 : 0;
		if (length > best.length) {
			best = {start: index + 1 - length, length};
		}
	}

	return best;
}

const insideBlocks: readonly Cidr[] = [
	'10.0.0.0/8',
	'172.16.0.0/12',
	'192.168.0.0/16',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16',
	'fc00::/7',
	'fe80::/10',
	'::1/128',
].flatMap((text) => parseCidr(text) ?? []);

const specialBlocks: readonly Cidr[] = [
	'0.0.0.0/8',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/3',
	'64:ff9b:1::/48',
	'100::/64',
	'2001:2::/48',
	'2001:db8::/32',
	'3fff::/20',
	'ff00::/8',
].flatMap((text) => parseCidr(text) ?? []);

function bits(family: IpFamily): number {
	return family === 'IPv4' ? 32 : 128;
}

function parseIpv4(text: string): Ip | undefined {
	const value = ipv4Value(text);
	return value === undefined ? undefined : {family: 'IPv4', value};
}

function ipv4Value(text: string): bigint | undefined {
	const parts = text.split('.');
	const good = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && +part < 256);
	return good ? parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) : undefined;
}

function parseIpv6(text: string): Ip | undefined {
	const halves = withoutIpv4Tail(text)?.split('::') ?? [];
	const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
	const missing = 8 - head.length - (tail?.length ?? 0);
	if (halves.length === 0 || halves.length > 2 || (tail ? missing < 1 : missing !== 0)) {
		return undefined;
	}

	const groups = [...head, ...Array.from({length: missing}, () => '0'), ...(tail ?? [])];
	if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) {
		return undefined;
	}

	const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
	return value >> 32n === 0xffffn ? {family: 'IPv4', value: value & 0xffffffffn} : {family: 'IPv6', value};
}

/** `::ffff:10.0.0.1` as `::ffff:a00:1`. */
function withoutIpv4Tail(text: string): string | undefined {
	const at = text.lastIndexOf(':') + 1;
	if (!text.slice(at).includes('.')) {
		return text;
	}

	const value = ipv4Value(text.slice(at));
	return value === undefined
		? undefined
		: `${text.slice(0, at)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}
