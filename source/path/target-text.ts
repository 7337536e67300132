import {withoutSecretParameters, withoutSecrets} from '../model/safe-text/hide.ts';
import {parseIp} from '../model/matching/ip.ts';
import type {Target} from './target.ts';
import type {HttpRequest, RequestedSource, RequestOptions} from '../model/request.ts';
import {queryText} from '../rules/query-text.ts';
import {isOtherType, isTargetKind, resourceNamed} from './object-names.ts';

/** A parsed text, or what was wrong with it and what would be right. */
export type Parsed<T> = {readonly value: T} | {readonly problem: string; readonly next: string};

const forms =
	'https://host/path, host/path, svc/NAME[:PORT], deploy/NAME, ing/NAME, httproute/NAME, gateway/NAME, pod/NAME:PORT, node/NAME:PORT or IP:PORT';

/** Reads a TARGET as people type it (design §4). NAME may be NAMESPACE/NAME. */
export function parseTarget(text: string, options: RequestOptions = {}): Parsed<Target> {
	const trimmed = withSlash(text.trim());
	if (trimmed === '' || /\s/u.test(trimmed)) {
		return {problem: `"${text}" is not a target`, next: `Give ${forms}.`};
	}

	return parseObject(trimmed) ?? parseAddress(trimmed) ?? parseUrl(trimmed, options);
}

/** kubectl's `TYPE NAME` is its `TYPE/NAME`. */
function withSlash(text: string): string {
	const [type = '', name = '', ...more] = text.split(/\s+/u);
	return name !== '' && more.length === 0 && isTargetKind(type) ? `${type}/${name}` : text;
}

const form = /^(?:(?<namespace>[^/:]+)\/)?(?<name>[^/:]+)(?::(?<port>[^/:]+))?$/u;

/** A port of a Service may be written with its protocol, as the list does: `53/UDP`. */
const serviceForm =
	/^(?:(?<namespace>[^/:]+)\/)?(?<name>[^/:]+)(?::(?<port>[^/:]+(?:\/(?:tcp|udp|sctp))?))?$/iu;

/** `TYPE/NAME`, `TYPE/NAMESPACE/NAME`; kubectl's `TYPE NAME` comes here with a slash. */
function parseObject(text: string): Parsed<Target> | undefined {
	const [prefix = '', ...rest] = text.split('/');
	const resource = resourceNamed(prefix);
	if (rest.length === 1 && resource?.kind === 'node') {
		return parseNode(text, rest[0] ?? '');
	}

	if (rest.length > 0 && isOtherType(prefix)) {
		return {problem: `"${text}" cannot be traced: no request goes to ${prefix}`, next: `Give ${forms}.`};
	}

	if (!resource || resource.kind === 'node' || rest.length === 0) {
		return undefined;
	}

	const {kind, workload, router} = resource;
	const {namespace, name, port} =
		(kind === 'service' ? serviceForm : form).exec(rest.join('/'))?.groups ?? {};
	if (!name) {
		return {problem: `"${text}" is not a target`, next: `Write ${prefix}/NAME or ${prefix}/NAMESPACE/NAME.`};
	}

	if (kind === 'service' || kind === 'pod' || kind === 'workload') {
		return parsePort(port, text, (value) => ({kind, text, namespace, name, port: value, workload}) as Target);
	}

	return port === undefined
		? {value: {kind, text, namespace, name, router} as Target}
		: {problem: `"${text}" has a port, which ${prefix}/ does not take`, next: `Write ${prefix}/${name}.`};
}

/** `node/NAME:PORT` is a port at the node's own address. */
function parseNode(text: string, rest: string): Parsed<Target> {
	const {node = '', port} = /^(?<node>[^/:]+):(?<port>\d+)$/u.exec(rest)?.groups ?? {};
	return port === undefined
		? {problem: `"${text}" names no port`, next: 'Write node/NAME:PORT, such as a node port or a host port.'}
		: parsePort(port, text, (value) => ({kind: 'address', text, ip: '', port: Number(value), node}));
}

function parsePort(
	port: string | undefined,
	text: string,
	make: (port: number | string | undefined) => Target,
): Parsed<Target> {
	if (port === undefined || !/^\d+$/u.test(port)) {
		return {value: make(port)};
	}

	const number = Number(port);
	return number >= 1 && number <= 65_535
		? {value: make(number)}
		: {
				problem: `"${text}" has port ${port}; ports go from 1 to 65535`,
				next: 'Give a port number in that range, or a port name.',
			};
}

function parseAddress(text: string): Parsed<Target> | undefined {
	const match = /^(?:\[(?<six>[0-9a-f:.]+)\]|(?<four>\d{1,3}(?:\.\d{1,3}){3})):(?<port>\d+)$/iu.exec(text);
	const ip = match?.groups?.['six'] ?? match?.groups?.['four'];
	if (ip === undefined) {
		return undefined;
	}

	return parseIp(ip) === undefined
		? {problem: `"${text}" has no IP address`, next: 'Write IP:PORT, such as 10.96.0.1:443 or [fd00::1]:443.'}
		: parsePort(match?.groups?.['port'], text, (port) => ({
				kind: 'address',
				text,
				ip: ip.toLowerCase(),
				port: Number(port),
			}));
}

function parseUrl(text: string, options: RequestOptions): Parsed<Target> {
	const scheme = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\//iu.exec(text)?.groups?.['scheme']?.toLowerCase();
	if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
		return {
			problem: `"${withoutSecrets(text)}" has the scheme ${scheme}; knet follows http and https`,
			next: `Give ${forms}.`,
		};
	}

	const rest = scheme === undefined ? text : text.slice(scheme.length + '://'.length);
	const match =
		/^(?<host>\[[0-9a-f:.]+\]|[^/?#:@[\]]*)(?::(?<port>\d+))?(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?(?:#.*)?$/iu.exec(
			rest,
		);
	const {host = '', port, path = '/', query = ''} = match?.groups ?? {};
	if (!match || !isHost(host)) {
		return {problem: `"${withoutSecrets(text)}" is not a URL, a host or an object`, next: `Give ${forms}.`};
	}

	return parsePort(port, text, (value) => ({
		kind: 'url',
		// It is printed in reports, which are sent to others.
		text: withoutSecretParameters(text),
		schemeGiven: scheme !== undefined,
		request: makeRequest({scheme: scheme ?? 'http', host, port: value, path, query}, options),
	}));
}

// A DNS name with at most one leading wildcard label, or an IPv6 literal.
function isHost(host: string): boolean {
	return (
		/^\[[0-9a-f:.]+\]$/iu.test(host) ||
		/^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?$/iu.test(host)
	);
}

type UrlParts = {
	readonly scheme: string;
	readonly host: string;
	readonly port: number | string | undefined;
	readonly path: string;
	readonly query: string;
};

function makeRequest(parts: UrlParts, options: RequestOptions): HttpRequest {
	const scheme = parts.scheme === 'https' ? 'https' : 'http';
	const host = plainHost(parts.host);
	const header = hostHeader(options.headers);
	const named = header === undefined ? undefined : plainHost(header);
	const sent = header ?? parts.host.replace(/^\[(.*)\]$/u, '$1');
	return {
		scheme,
		host: named ?? host,
		hostHeader: sent === (named ?? host) ? undefined : sent,
		connectTo: named === undefined || named === host ? undefined : host,
		port: typeof parts.port === 'number' ? parts.port : scheme === 'https' ? 443 : 80,
		urlPath: withoutDots(parts.path),
		method: (options.method ?? 'GET').toUpperCase(),
		headers: options.headers ?? [],
		query: [...parseQuery(parts.query), ...(options.query ?? [])],
	};
}

/** curl and browsers resolve `.` and `..` before they send a path (RFC 3986, 5.2.4). */
function withoutDots(path: string): string {
	const kept: string[] = [];
	const parts = path.split('/').slice(1);
	for (const part of parts) {
		if (part === '..') {
			kept.pop();
		} else if (part !== '.') {
			kept.push(part);
		}
	}

	const last = parts.at(-1);
	return `/${[...kept, ...(last === '.' || last === '..' ? [''] : [])].join('/')}`;
}

function plainHost(host: string): string {
	return host
		.toLowerCase()
		.replace(/\.$/u, '')
		.replace(/^\[(.*)\]$/u, '$1');
}

/** A Host header, or HTTP/2's :authority, decides the host as it does with curl; its port means nothing to rules. */
function hostHeader(headers: HttpRequest['headers'] = []): string | undefined {
	const value = headers.findLast(({name}) => /^(?:host|:authority)$/iu.test(name))?.value;
	return value?.replace(/:\d+$/u, '');
}

function parseQuery(query: string): HttpRequest['query'] {
	return query
		.split('&')
		.filter(Boolean)
		.map((pair) => {
			const [name = '', ...value] = pair.split('=');
			const decoded = {name: decode(name), value: decode(value.join('='))};
			return queryText({query: [decoded]}) === `?${pair}` ? decoded : {...decoded, written: pair};
		});
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}

/** Reads `--from`: external[:IP], node/NAME, or a pod or workload as TYPE/[NAMESPACE/]NAME. */
export function parseSource(text: string, namespace: string): Parsed<RequestedSource> {
	const external = /^external(?::(?<ip>[0-9a-f.:]+))?$/iu.exec(text);
	if (external) {
		const ip = external.groups?.['ip'];
		return ip === undefined || parseIp(ip)
			? {value: {kind: 'external', ip}}
			: {problem: `${text} has no IP address`, next: 'Write external:198.51.100.7, or external alone.'};
	}

	const {
		type = '',
		place,
		name = '',
	} = /^(?<type>[^/:]+)\/(?:(?<place>[^/:]+)\/)?(?<name>[^/:]+)$/u.exec(text)?.groups ?? {};
	const {kind, workload} = resourceNamed(type) ?? {};
	if (kind === 'pod') {
		return {value: {kind, namespace: place ?? namespace, name}};
	}

	if (kind === 'workload' && workload) {
		return {value: {kind, workload, namespace: place ?? namespace, name}};
	}

	return kind === 'node' && place === undefined
		? {value: {kind, name}}
		: {
				problem: `${text} is not a source`,
				next: 'Give external, external:IP, pod/NAME, pod/NAMESPACE/NAME, deploy/NAME or node/NAME.',
			};
}
