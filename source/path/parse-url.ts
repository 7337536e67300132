import {parseIp} from '../model/matching/ip.ts';
import {withoutSecretParameters, withoutSecrets} from '../model/safe-text/hide.ts';
import type {Target} from './target.ts';
import type {HttpRequest, RequestOptions} from '../model/request.ts';
import {queryText} from '../rules/query-text.ts';
import {type Parsed, parsePort, forms} from './target-forms.ts';

export function parseUrl(text: string, options: RequestOptions): Parsed<Target> {
	const scheme = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\//iu.exec(text)?.groups?.['scheme']?.toLowerCase();
	if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
		return {
			problem: `"${withoutSecrets(text)}" has the scheme ${scheme}; knet follows http and https`,
			next: `Give ${forms}.`,
		};
	}

	const rest = scheme === undefined ? text : text.slice(scheme.length + '://'.length);
	const groups = parts.exec(rest)?.groups;
	const {host = '', port, path = '/', query = ''} = groups ?? {};
	return (
		hostProblem(text, rest, groups && host) ??
		parsePort(port, text, (value) => ({
			kind: 'url',
			// It is printed in reports, which are sent to others.
			text: withoutSecretParameters(text),
			schemeGiven: scheme !== undefined,
			request: makeRequest({scheme: scheme ?? 'http', host, port: value, path, query}, options),
		}))
	);
}

const parts =
	/^(?<host>\[[0-9a-f:.]+\]|[^/?#:@[\]]*)(?::(?<port>\d+))?(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?(?:#.*)?$/iu;

/** `rest`: the text without its scheme. `host` undefined: it is no URL at all. */
function hostProblem(text: string, rest: string, host: string | undefined): Parsed<never> | undefined {
	if (/^[^/?#]*@/u.test(rest)) {
		return {
			problem: `"${withoutSecrets(text)}" has a user before the host, which no rule looks at`,
			next: 'Leave the user and the password out.',
		};
	}

	if (host !== undefined && isWrongAddress(host)) {
		return {
			problem: `"${withoutSecrets(text)}" has no IP address: each number goes to 255, without zeros before it`,
			next: 'Write an address such as 10.96.0.1, or a name.',
		};
	}

	return host === undefined || !isHost(host)
		? {problem: `"${withoutSecrets(text)}" is not a URL, a host or an object`, next: `Give ${forms}.`}
		: undefined;
}

/** Curl and browsers ask no DNS for it (WHATWG URL, "ends in a number"). */
function isWrongAddress(host: string): boolean {
	return /^\d+(?:\.\d+){3}$/u.test(host) && parseIp(host) === undefined;
}

/** Whether a URL may have the host: a DNS name with at most one leading wildcard label, an IPv4 address, or an IPv6 literal. */
export function isHost(host: string): boolean {
	return (
		/^\[[0-9a-f:.]+\]$/iu.test(host) ||
		(/^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?$/iu.test(
			host,
		) &&
			!isWrongAddress(host))
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
