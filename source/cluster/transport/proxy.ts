import {BlockList, isIP, isIPv6} from 'node:net';
import {UserError} from '../../errors.ts';
import {hostOf, portOf} from './endpoint.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const schemes = ['http:', 'https:', 'socks5:', 'socks5h:'];

/**
The proxy to reach `server` by: the cluster's own `proxy-url`, else HTTPS_PROXY or HTTP_PROXY unless NO_PROXY names the
host, by the rules of Go (golang.org/x/net/http/httpproxy), which kubectl follows.
*/
export function proxyFor(server: URL, proxyUrl: string | undefined, env: Environment): URL | undefined {
	if (proxyUrl) {
		return parseProxy(proxyUrl, 'proxy-url');
	}

	const name = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
	const value = env[name] || env[name.toLowerCase()];
	return value && !isExempt(server, env['NO_PROXY'] || env['no_proxy'] || '')
		? parseProxy(value.includes('://') ? value : `http://${value}`, name)
		: undefined;
}

/** The text is not quoted: it may hold a password. */
function parseProxy(text: string, source: string): URL {
	if (!URL.canParse(text)) {
		throw new UserError(`${source} is not a URL`);
	}

	const proxy = new URL(text);
	if (!schemes.includes(proxy.protocol)) {
		throw new UserError(
			`${source} has the scheme "${proxy.protocol.replace(':', '')}"; known: http, https, socks5`,
		);
	}

	return proxy;
}

function isExempt(server: URL, list: string): boolean {
	const host = hostOf(server).toLowerCase();
	// Go never takes a proxy to this machine itself.
	return (
		host === 'localhost' ||
		isLoopback(host) ||
		list
			.toLowerCase()
			.split(/[\s,]+/)
			.filter((entry) => entry !== '')
			.some((entry) => covers(entry, host, portOf(server)))
	);
}

export function isLoopback(host: string): boolean {
	return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function covers(entry: string, host: string, port: number): boolean {
	if (entry === '*') {
		return true;
	}

	if (entry.includes('/')) {
		return isIP(host) !== 0 && inRange(host, entry);
	}

	const [name, entryPort] = splitPort(entry);
	return (
		(entryPort === undefined || entryPort === port) &&
		(isIP(name) === 0 ? inDomain(host, name) : host === name)
	);
}

function inRange(address: string, range: string): boolean {
	const [network = '', prefix = ''] = range.split('/');
	const family = isIP(network);
	const bits = Number(prefix);
	if (family === 0 || prefix === '' || !(bits >= 0 && bits <= (family === 6 ? 128 : 32))) {
		return false;
	}

	const list = new BlockList();
	list.addSubnet(network, bits, family === 6 ? 'ipv6' : 'ipv4');
	return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** `example.com` covers itself and its subdomains; `.example.com` and `*.example.com` only the subdomains. */
function inDomain(host: string, name: string): boolean {
	const suffix = name.startsWith('*.') ? name.slice(1) : name;
	return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function splitPort(entry: string): readonly [string, number | undefined] {
	const bracketed = /^\[(.+)\](?::(\d+))?$/.exec(entry);
	const plain = /^([^:]+):(\d+)$/.exec(entry);
	const match = bracketed ?? plain;
	return match
		? [match[1] ?? entry, match[2] === undefined ? undefined : Number(match[2])]
		: [entry, undefined];
}
