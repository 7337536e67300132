import {admittedText} from '../../source-lists.ts';
import type {Middleware} from '../../../model/routes/ingress-route.ts';
import type {HttpRequest, Source} from '../../../model/request.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {isWithin, parseIp} from '../../../model/matching/ip.ts';
import {bringsCredentials} from '../../credentials.ts';
import {serviceOfUrl, whySilent} from '../../controllers/external-auth.ts';
import {queryText} from '../../query-text.ts';
import {fitsRegex} from '../../regex/fits-regex.ts';
import type {RouterRedirect} from '../router.ts';
import {withLeadingSlash} from '../../slashes.ts';

/** What the middlewares of a router make of a request. */
export type Passed = {
	/** Why Traefik makes no router at all: a middleware does not exist, or may not be used. */
	readonly fault?: string;
	readonly redirect?: RouterRedirect;
	readonly answer?: {readonly status: number; readonly why: string};
	readonly changes: readonly string[];
	readonly undecided: readonly string[];
	/** The path that the backend gets to see. */
	readonly urlPath: string;
};

export type PassInput = {
	readonly snapshot: Snapshot;
	/** Namespace of the IngressRoute. */
	readonly namespace: string;
	readonly request: HttpRequest;
	readonly client: Source;
	readonly allowsCrossNamespace: boolean;
};

/** They touch neither the path nor the answer, as far as this request goes. */
const harmless = new Set([
	'headers',
	'compress',
	'retry',
	'circuitBreaker',
	'buffering',
	'contentType',
	'grpcWeb',
	'passTLSClientCert',
	'rateLimit',
	'inFlightReq',
	'errors',
]);

export function effectOf(middleware: Middleware, input: PassInput, passed: Passed): Passed {
	const {type, name, values} = middleware;
	switch (type) {
		case 'stripPrefix':
		case 'stripPrefixRegex':
		case 'addPrefix':
		case 'replacePath':
			return rewritten(passed, changedPath(middleware, passed.urlPath));
		case 'redirectScheme':
			return {...passed, redirect: schemeRedirect(middleware, asSeen(input, passed))};
		case 'redirectRegex':
			return byPattern(middleware, asSeen(input, passed), passed);
		case 'basicAuth':
		case 'digestAuth':
			// It is meant so: whoever has credentials goes on.
			return bringsCredentials(input.request)
				? {...passed, undecided: [...passed.undecided, `whether middleware ${name} takes the credentials`]}
				: {...passed, changes: [...passed.changes, `middleware ${name} answers 401 without credentials`]};
		case 'forwardAuth':
			return byQuestion(middleware, input, passed);
		case 'ipAllowList':
		case 'ipWhiteList':
			return byAddress(middleware, input.client, passed);
		default:
			return harmless.has(type)
				? {
						...passed,
						changes: [...passed.changes, `passes middleware ${name} (${type}), which is not followed`],
					}
				: {
						...passed,
						undecided: [
							...passed.undecided,
							`what middleware ${name} (${type || 'empty'}${values.length > 0 ? ` ${values.join(', ')}` : ''}) does`,
						],
					};
	}
}

/** With the path that earlier middlewares made. */
function asSeen({request}: PassInput, {urlPath}: Passed): HttpRequest {
	return {...request, urlPath};
}

function rewritten(passed: Passed, urlPath: string): Passed {
	return urlPath === passed.urlPath
		? passed
		: {...passed, urlPath, changes: [...passed.changes, `the backend sees ${urlPath}`]};
}

function changedPath({type, values}: Middleware, urlPath: string): string {
	const [first = ''] = values;
	switch (type) {
		case 'stripPrefix': {
			const prefix = values.find((each) => urlPath.startsWith(each.trim()))?.trim() ?? '';
			return withLeadingSlash(urlPath.slice(prefix.length));
		}

		case 'addPrefix':
			return withLeadingSlash(`${first}${urlPath}`);
		case 'replacePath':
			return withLeadingSlash(first);
		default:
			return urlPath;
	}
}

/** 301 and 302, or 308 and 307 for other methods than GET (moveHandler). Undefined: the request has the scheme already. */
function schemeRedirect(
	{scheme = '', port = '', permanent}: Middleware,
	request: HttpRequest,
): RouterRedirect | undefined {
	const usual = port === '' || port === (scheme === 'https' ? '443' : '80');
	const location = `${scheme}://${request.host}${usual ? '' : `:${port}`}${request.urlPath}${queryText(request)}`;
	const forwarded = request.headers.find(({name}) => name.toLowerCase() === 'x-forwarded-proto')?.value;
	const seen = (forwarded ?? request.scheme).replace('ws', 'http');
	return seen === scheme && usual ? undefined : {status: redirectStatus(permanent, request), location};
}

function redirectStatus(permanent: boolean, {method}: HttpRequest): number {
	const [forGood, forNow] = method === 'GET' ? [301, 302] : [308, 307];
	return permanent ? forGood : forNow;
}

/** Where the pattern takes nothing of the URL, the request goes on. */
function byPattern({name, values, permanent}: Middleware, request: HttpRequest, passed: Passed): Passed {
	const fits = fitsRegex(values[0] ?? '', `${request.scheme}://${request.host}${request.urlPath}`);
	return fits === false
		? passed
		: fits === undefined
			? {...passed, undecided: [...passed.undecided, `whether middleware ${name} redirects`]}
			: {
					...passed,
					redirect: {
						status: redirectStatus(permanent, request),
						location: `what middleware ${name} makes of the URL`,
					},
				};
}

/** Where it gets no answer, 500 (pkg/middlewares/auth/forward.go). */
function byQuestion({name, values}: Middleware, {snapshot}: PassInput, passed: Passed): Passed {
	const [url = ''] = values;
	const asked = serviceOfUrl(url);
	const why = asked && whySilent(snapshot, asked);
	return asked && why !== undefined
		? {
				...passed,
				answer: {
					status: 500,
					why: `middleware ${name} gets no answer (Service ${asked.namespace}/${asked.name} ${why})`,
				},
			}
		: {...passed, changes: [...passed.changes, `middleware ${name} asks ${url} first (forwardAuth)`]};
}

function byAddress({name, values}: Middleware, client: Source, passed: Passed): Passed {
	const ip = client.kind === 'external' && client.ip !== undefined ? parseIp(client.ip) : undefined;
	const isOpen = values.some((range) => range === '0.0.0.0/0' || range === '::/0');
	const isIn = isOpen || (ip && values.some((range) => isWithin(ip, range)));
	return isIn
		? passed
		: ip
			? {
					...passed,
					answer: {status: 403, why: `middleware ${name} does not allow ${client.kind} ${ipOf(client)}`},
				}
			: {
					...passed,
					// It is meant so: whom it lets in goes on.
					changes: [...passed.changes, admittedText({by: `middleware ${name}`, allowed: values.join(',')})],
				};
}

function ipOf(client: Source): string {
	return client.kind === 'external' ? (client.ip ?? '') : '';
}
