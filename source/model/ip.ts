import type {IpFamily} from './service.ts';

/** An IP address as a number, so that `::1` and `0:0:0:0:0:0:0:1` are one. */
export type Ip = {readonly family: IpFamily; readonly value: bigint};

/** A block of addresses. Host bits may be set (core/v1 allows them); `contains` ignores them. */
export type Cidr = Ip & {readonly prefix: number};

/** Undefined for anything that is not an IP address. An IPv4-mapped IPv6 address counts as IPv4, as in Go's net.ParseIP. */
export function parseIp(text: string): Ip | undefined {
	return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Accepts white space around the block: validation of loadBalancerSourceRanges lets it through (pkg/proxy). */
export function parseCidr(text: string): Cidr | undefined {
	const [address = '', length, ...rest] = text.trim().split('/');
	const ip = parseIp(address);
	if (!ip || length === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) {
		return undefined;
	}

	const prefix = Number(length);
	return prefix <= bits(ip.family) ? {...ip, prefix} : undefined;
}

export function contains(block: Cidr, ip: Ip): boolean {
	const shift = BigInt(bits(block.family) - block.prefix);
	return block.family === ip.family && block.value >> shift === ip.value >> shift;
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
export function isPrivateIp(ip: Ip): boolean {
	return privateBlocks.some((block) => contains(block, ip));
}

const privateBlocks: readonly Cidr[] = [
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
