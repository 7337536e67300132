import {withoutUser} from '../model/hide.ts';
import type {Target} from './target.ts';
import type {HttpRequest, Source, RequestOptions} from '../model/request.ts';

/** A parsed text, or what was wrong with it and what would be right. */
export type Parsed<T> = {readonly value: T} | {readonly problem: string; readonly next: string};

const forms =
	'https://host/path, host/path, svc/NAME[:PORT], ing/NAME, httproute/NAME, gateway/NAME, pod/NAME:PORT or IP:PORT';

/** Reads a TARGET as people type it (design §4). NAME may be NAMESPACE/NAME. */
export function parseTarget(text: string, options: RequestOptions = {}): Parsed<Target> {
	const trimmed = text.trim();
	if (trimmed === '' || /\s/u.test(trimmed)) {
		return {problem: `"${text}" is not a target`, next: `Give ${forms}.`};
	}

	return parseObject(trimmed) ?? parseAddress(trimmed) ?? parseUrl(trimmed, options);
}

const kinds: Readonly<Record<string, 'service' | 'ingress' | 'httproute' | 'grpcroute' | 'gateway' | 'pod'>> =
	{
		svc: 'service',
		service: 'service',
		services: 'service',
		ing: 'ingress',
		ingress: 'ingress',
		ingresses: 'ingress',
		httproute: 'httproute',
		httproutes: 'httproute',
		route: 'httproute',
		grpcroute: 'grpcroute',
		grpcroutes: 'grpcroute',
		gw: 'gateway',
		gateway: 'gateway',
		gateways: 'gateway',
		po: 'pod',
		pod: 'pod',
		pods: 'pod',
	};

/** Whether a word is what a target begins with, as in `svc/web`. */
export function isTargetKind(word: string): boolean {
	return Object.hasOwn(kinds, word.toLowerCase());
}

function parseObject(text: string): Parsed<Target> | undefined {
	const [prefix = '', ...rest] = text.split('/');
	const kind = kinds[prefix.toLowerCase()];
	if (!kind || rest.length === 0) {
		return undefined;
	}

	const match = /^(?:(?<namespace>[^/:]+)\/)?(?<name>[^/:]+)(?::(?<port>[^/:]+))?$/u.exec(rest.join('/'));
	const {namespace, name, port} = match?.groups ?? {};
	if (!name) {
		return {problem: `"${text}" is not a target`, next: `Write ${prefix}/NAME or ${prefix}/NAMESPACE/NAME.`};
	}

	if (kind === 'service' || kind === 'pod') {
		return parsePort(port, text, (value) => ({kind, text, namespace, name, port: value}));
	}

	return port === undefined
		? {value: {kind, text, namespace, name} as Target}
		: {problem: `"${text}" has a port, which ${prefix}/ does not take`, next: `Write ${prefix}/${name}.`};
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
	return ip === undefined
		? undefined
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
			problem: `"${withoutUser(text)}" has the scheme ${scheme}; knet follows http and https`,
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
		return {problem: `"${withoutUser(text)}" is not a URL, a host or an object`, next: `Give ${forms}.`};
	}

	return parsePort(port, text, (value) => ({
		kind: 'url',
		text,
		schemeGiven: scheme !== undefined,
		request: makeRequest({scheme: scheme ?? 'http', host, port: value, path, query}, options),
	}));
}

// A DNS name with at most one leading wildcard label, or an IPv6 literal. A name with one label may be a typo of svc/NAME, yet is legal.
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
	return {
		scheme,
		host: parts.host.toLowerCase().replace(/\.$/u, ''),
		port: typeof parts.port === 'number' ? parts.port : scheme === 'https' ? 443 : 80,
		urlPath: parts.path,
		method: (options.method ?? 'GET').toUpperCase(),
		headers: options.headers ?? [],
		query: [...parseQuery(parts.query), ...(options.query ?? [])],
	};
}

function parseQuery(query: string): HttpRequest['query'] {
	return query
		.split('&')
		.filter(Boolean)
		.map((pair) => {
			const [name = '', ...value] = pair.split('=');
			return {name: decode(name), value: decode(value.join('='))};
		});
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}

/** Reads `--from`: external[:IP], pod/[NAMESPACE/]NAME or node/NAME. */
export function parseSource(text: string, namespace: string): Parsed<Source> {
	const external = /^external(?::(?<ip>[0-9a-f.:]+))?$/iu.exec(text);
	if (external) {
		return {value: {kind: 'external', ip: external.groups?.['ip']}};
	}

	const pod = /^(?:pods?|po)\/(?:(?<namespace>[^/:]+)\/)?(?<name>[^/:]+)$/u.exec(text)?.groups;
	if (pod) {
		return {value: {kind: 'pod', namespace: pod['namespace'] ?? namespace, name: pod['name'] ?? ''}};
	}

	const node = /^(?:nodes?|no)\/(?<name>[^/:]+)$/u.exec(text)?.groups;
	return node
		? {value: {kind: 'node', name: node['name']}}
		: {
				problem: `${text} is not a source`,
				next: 'Give external, external:IP, pod/NAME, pod/NAMESPACE/NAME or node/NAME.',
			};
}
