import type {Ingress} from '../../../model/routes/ingress.ts';
import type {RegexBudget} from '../../regex/regex.ts';
import {memoize} from '../../memoize.ts';
import type {RuleRef} from '../../ingress/decision.ts';
import {fitsRegex} from '../../regex/fits-regex.ts';
import {decodeText, normalPath} from '../../ingress/url-path.ts';
import {escapeRegex} from '../../../model/matching/escape-regex.ts';

/** A router of Traefik: made from one path of an Ingress (pkg/provider/kubernetes/ingress of Traefik 3.6). */
export type Router = {
	readonly rule: RuleRef;
	/** Text of its rule: its length is the priority, unless an annotation sets one. */
	readonly text: string;
	readonly priority: number;
	readonly host: string;
	readonly matcher: string;
	readonly path: string;
	/** Names from the annotation; empty: the default ones. */
	readonly entryPoints: readonly string[];
	readonly tls: boolean;
	readonly strict: boolean;
};

const prefix = 'traefik.ingress.kubernetes.io/';
const knownFields =
	/^router\.(?:pathmatcher|entrypoints|middlewares|priority|rulesyntax|tls(?:\.(?:options|certresolver|domains(?:\.\d+\.|\[\d+\]\.)(?:main|sans)))?|observability(?:\.(?:accesslogs|metrics|tracing|traceverbosity))?)$/u;
const switches = /^router\.observability\.(?:accesslogs|metrics|tracing)$/u;
// strconv.ParseBool
const booleans = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/u;

type RouterAnnotations = Readonly<Record<string, string>>;

/** `router.*` annotations by lower-case name; undefined where Traefik cannot read them and leaves the Ingress out. */
export function routerAnnotations(ingress: Ingress): RouterAnnotations | undefined {
	return unreadableAnnotation(ingress) === undefined
		? Object.fromEntries(
				ownAnnotations(ingress).map(([key, value]) => [key.slice(prefix.length).toLowerCase(), value]),
			)
		: undefined;
}

/**
The first `router.*` annotation that makes Traefik leave the Ingress out: an unknown name, a switch that is neither on nor off, or a
priority that is no number, or too high (maxUserPriority of pkg/server/router, seen on 3.6.13).
*/
export function unreadableAnnotation(ingress: Ingress): string | undefined {
	return ownAnnotations(ingress).find(([key, value]) => {
		const name = key.slice(prefix.length).toLowerCase();
		return (
			!knownFields.test(name) ||
			(name === 'router.priority' && !isPriority(value)) ||
			(switches.test(name) && !booleans.test(value))
		);
	})?.[0];
}

function isPriority(value: string): boolean {
	return /^[+\-]?\d{1,40}$/v.test(value) && BigInt(value.replace('+', '')) <= 2n ** 63n - 1001n;
}

function ownAnnotations({annotations}: Ingress): readonly (readonly [string, string])[] {
	return Object.entries(annotations).filter(([key]) => key.toLowerCase().startsWith(`${prefix}router.`));
}

/** The router of a path. Undefined: Traefik makes none (no host and no path, or annotations it cannot read). */
export function routerOf(rule: RuleRef, settings: Readonly<Record<string, string>>): Router | undefined {
	return settings['providers.kubernetesingress.strictprefixmatching'] === 'true'
		? strictRouter(rule)
		: plainRouter(rule);
}

const plainRouter = memoize((rule: RuleRef) => makeRouter(rule, false));
const strictRouter = memoize((rule: RuleRef) => makeRouter(rule, true));

function makeRouter(rule: RuleRef, strict: boolean): Router | undefined {
	const annotations = routerAnnotations(rule.ingress);
	const path = rule.value ?? '';
	if (!annotations || (rule.host === '' && path === '')) {
		return undefined;
	}

	const matcher = matcherOf(rule, annotations);
	const text = [hostText(rule.host), pathText(matcher, path, strict)].filter(Boolean).join(' && ');
	return {
		rule,
		text,
		// Zero means "not set" (server/router).
		priority: Number(annotations['router.priority']) || new TextEncoder().encode(text).length,
		host: rule.host,
		matcher,
		path,
		entryPoints: (annotations['router.entrypoints'] ?? '')
			.split(',')
			.map((name) => name.trim())
			.filter(Boolean),
		tls: asksForTls(annotations),
		strict,
	};
}

/** A value other than `true` turns TLS off, whatever else is said of it (traefik/paerser, nodes_metadata.go). */
export function asksForTls(annotations: RouterAnnotations): boolean {
	const said = annotations['router.tls'] ?? '';
	return said === ''
		? Object.keys(annotations).some((key) => /^router\.tls(?:\.|$)/u.test(key))
		: said.toLowerCase() === 'true';
}

function matcherOf({pathType}: RuleRef, annotations: RouterAnnotations): string {
	return pathType === 'Exact'
		? 'Path'
		: (pathType === 'ImplementationSpecific' && annotations['router.pathmatcher']) || 'PathPrefix';
}

export function hostText(host: string): string {
	if (host === '') {
		return '';
	}

	return host.startsWith('*.')
		? `HostRegexp(${quote(`^${wildcardPattern(host)}$`)})`
		: `Host(${quote(host)})`;
}

/** One label of letters, digits and `-`. */
function wildcardPattern(host: string): string {
	return `[a-zA-Z0-9-]+${escapeRegex(host.slice(1))}`;
}

export function pathText(matcher: string, path: string, strict: boolean): string {
	if (path === '') {
		return '';
	}

	if (strict && matcher === 'PathPrefix' && path !== '/') {
		const bare = path.replace(/\/$/u, '');
		return `(Path(${quote(bare)}) || PathPrefix(${quote(`${bare}/`)}))`;
	}

	return `${matcher}(${quote(path)})`;
}

/** Go's %q, as far as hosts and paths go. */
export function quote(text: string): string {
	return JSON.stringify(text);
}

/** Undefined: a matcher that knet does not know (pathmatcher annotation). */
export function routerMatches(
	router: Router,
	host: string,
	urlPath: string,
	budget?: RegexBudget,
): boolean | undefined {
	return fitsHost(router.host, host) ? fitsPath(router, urlPath, budget) : false;
}

/** Without case, port and trailing dot (seen on 3.6.13). An empty host fits no rule with a host. */
export function fitsHost(pattern: string, host: string): boolean {
	const requested = host.toLowerCase();
	if (pattern === '') {
		return true;
	}

	return pattern.startsWith('*.')
		? requested.endsWith(pattern.slice(1)) && /^[a-z0-9\-]+$/v.test(requested.slice(0, 1 - pattern.length))
		: requested !== '' && pattern.toLowerCase().replace(/\.$/u, '') === requested;
}

function fitsPath(
	{matcher, path, strict}: Router,
	urlPath: string,
	budget: RegexBudget | undefined,
): boolean | undefined {
	if (path === '') {
		return true;
	}

	switch (matcher) {
		case 'Path':
			return urlPath === path;
		case 'PathPrefix':
			return strict && path !== '/'
				? urlPath === path.replace(/\/$/u, '') || urlPath.startsWith(`${path.replace(/\/$/u, '')}/`)
				: urlPath.startsWith(path);
		case 'PathRegexp':
			return fitsRegex(path, urlPath, budget);
		default:
			// A router of a name that is no matcher has an error, and takes nothing (seen on 3.6.13).
			return otherMatchers.test(matcher) ? undefined : false;
	}
}

/** Of both rule syntaxes (pkg/muxer/http/matcher.go, matcher_v2.go). */
const otherMatchers =
	/^(?:ClientIP|Host|HostHeader|HostRegexp|Method|Headers?|HeadersRegexp|HeaderRegexp|Query|QueryRegexp)$/iu;

// Reserved characters keep their code, so that %2F is no separator (muxer/http withRoutingPath).
const reserved = new Set(":/?#[]@!$&'()*+,;=%");

/** The path as the rules see it. */
export function routingPath(urlPath: string): string {
	const path = normalPath(urlPath, (code) => {
		const character = decodeText(code);
		return reserved.has(character) ? code.toUpperCase() : character;
	});
	// Go's URL.JoinPath: `/a/.` is `/a` (seen on 3.6.13).
	return /\/\.{1,2}$/v.test(urlPath) ? path.replace(/(?<=.)\/$/v, '') : path;
}
