import type {Ingress} from '../../../model/routes/ingress.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {askedBy, type AskedCredentials} from '../../credentials.ts';
import type {Redirect, RouteDecision, RouteInput, RuleRef} from '../../ingress/decision.ts';
import {byRegexStart, byText, exactly, longerFirst} from '../../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../../ingress/route-by.ts';
import {queryText} from '../../query-text.ts';
import {isOn} from '../record/classes.ts';
import {redirectCode, redirectedToHttps} from '../record/https-redirect.ts';
import {allowedBy, whyAnnotated, type Allowed} from './annotations.ts';
import {whyPortClosed} from './listens-on.ts';
import {ownersOf, whyNotServed, type Owners} from './owners.ts';
import {byNameAsWritten} from '../../ingress/rules.ts';

/** createLocation: the text of the path is the location of nginx, for Prefix too (parsing_helpers.go, generateIngressPath). */
const location: PathFit = (path, urlPath, rule, budget) => {
	switch (rule && regexOf(rule)) {
		case 'case_sensitive':
			return byRegexStart(path, urlPath, rule, budget);
		case 'case_insensitive':
			return byRegexStart(`(?i)^${path}`, urlPath, rule, budget);
		case 'exact':
			return path === urlPath;
		case undefined:
			return byText(path, urlPath);
	}
};

/** `= /path` is made a regular expression as it stands, or compared as it stands: neither fits any path (makeLocationPath). */
const exactLocation: PathFit = (path, urlPath, rule) =>
	(rule === undefined || regexOf(rule) === undefined) && exactly(path, urlPath);

const regexTypes = ['case_sensitive', 'case_insensitive', 'exact'] as const;

/** A minion goes by its own annotation alone (template_helper.go, makeLocationPath). */
function regexOf({ingress}: RuleRef): (typeof regexTypes)[number] | undefined {
	const given = ingress.annotations['nginx.org/path-regex'];
	return regexTypes.find((each) => each === given);
}

/**
nginx, ngx_http_core_module: an exact location, then regular expressions as they are listed, then the longest text. Minions are
listed by namespace and name (configuration.go, buildMinionConfigs).
*/
function order(a: RuleRef, b: RuleRef): number {
	const [left, right] = [rankOf(a), rankOf(b)];
	return left - right || (left === 1 ? byNameAsWritten(a, b) : longerFirst(a, b));
}

function rankOf(rule: RuleRef): number {
	const regex = regexOf(rule);
	return rule.pathType === 'Exact' || regex === 'exact' ? 0 : regex ? 1 : 2;
}

const reading: Reading = {
	paths: {Exact: exactLocation, Prefix: location, ImplementationSpecific: location},
	order,
	isolatesHosts: true,
	manyLabels: true,
	// Over https a host has a server only where a TLS entry names it (ingress.go, addSSLConfig).
	byTlsHost: true,
	defaults: 'owner',
	whyNotIsFinal: true,
	whyNotRemedy:
		'Put the path into the Ingress that owns the host, or make them master and minions (nginx.org/mergeable-ingress-type).',
};

/** Who owns each host, by what the flags allow. */
type Owned = {readonly owners: Owners; readonly allowed: Allowed | undefined};

function routeAmong(input: RouteInput, {owners, allowed}: Owned): RouteDecision {
	const port = input.proxyPort?.();
	const whyClosed = ({host}: RuleRef): string | undefined =>
		whyPortClosed(owners.get(host.toLowerCase()), port);
	const decision = routeBy({
		all: [{...reading, whyNot: (rule) => whyNotServed(owners, rule, allowed) ?? whyClosed(rule)}],
	})(input);
	const losers = decision.losers.map((loser) =>
		allowed && whyAnnotated(loser.rule.ingress, allowed) === loser.why
			? {...loser, remedy: 'Mend or remove that annotation.'}
			: loser.why === whyClosed(loser.rule)
				? {...loser, remedy: otherPort, shadowed: false}
				: loser,
	);
	return {...decision, losers};
}

const otherPort =
	'Let the Service of the controller send to a port that the host listens on, or change annotation nginx.org/listen-ports.';

/** What the server of a host does by itself goes before its locations (nginx.ingress.tmpl). */
export function routeByNginxInc(input: RouteInput): RouteDecision {
	const {request, ingresses, settings, version} = input;
	const allowed = allowedBy(settings, version);
	const owners = ownersOf(ingresses, allowed);
	const decision = withAnyHost(routeAmong(input, {owners, allowed}), input, owners);
	const owner = owners.get(request.host);
	if (!owner || (request.scheme === 'https' && !hasTls(owner, request))) {
		return decision;
	}

	return (
		toHttps(decision, owner, input) ??
		toAppRoot(decision, owner, request) ?? {
			...decision,
			asked: askedOf(decision.matched),
		}
	);
}

/** From 5.5 a flag lets rules without a host be the default server (configuration.go): they are not read. */
function withAnyHost(
	decision: RouteDecision,
	{settings, request}: RouteInput,
	owners: Owners,
): RouteDecision {
	if (!isOn(settings['allow-empty-ingress-host'] ?? 'false')) {
		return decision;
	}

	const losers = decision.losers.filter(({rule}) => rule.host !== '');
	const mayBeTaken = losers.length < decision.losers.length && !owners.has(request.host);
	const undecided = mayBeTaken ? ['rules without a host, with flag allow-empty-ingress-host'] : [];
	return {...decision, losers, undecided: [...decision.undecided, ...undecided]};
}

const redirectKeys = ['nginx.org/ssl-redirect', 'ingress.kubernetes.io/ssl-redirect'];

/**
`ssl-redirect` is on by default for a host with TLS, and names the port; `redirect-to-https` is for a load balancer before it, and
asks its header X-Forwarded-Proto. Both go by the annotations of the owner (annotations.go).
*/
function toHttps(decision: RouteDecision, owner: Ingress, input: RouteInput): RouteDecision | undefined {
	const {request, settings} = input;
	const {annotations} = owner;
	const given = redirectKeys.map((key) => annotations[key]).find(Boolean);
	const code = redirectCode(
		annotations['nginx.org/http-redirect-code'] ?? settings['http-redirect-code'],
		301,
	);
	if (
		request.scheme === 'http' &&
		hasTls(owner, request) &&
		isOn(given ?? settings['ssl-redirect'] ?? 'true')
	) {
		const [port = '443'] = (annotations['nginx.org/listen-ports-ssl'] ?? '443').split(',');
		const location = `https://${request.host}:${port.trim()}${request.urlPath}${queryText(request)}`;
		return {...decision, redirect: {scheme: 'https', host: request.host, status: code, location}};
	}

	const asks = annotations['nginx.org/redirect-to-https'] || settings['redirect-to-https'];
	return asks && isOn(asks) && saysHttp(request) ? redirectedToHttps(decision, request, code) : undefined;
}

function saysHttp({headers}: HttpRequest): boolean {
	return headers.some(({name, value}) => name.toLowerCase() === 'x-forwarded-proto' && value === 'http');
}

function toAppRoot(
	decision: RouteDecision,
	{annotations}: Ingress,
	request: HttpRequest,
): RouteDecision | undefined {
	const root = annotations['nginx.org/app-root'];
	const {scheme, host, urlPath} = request;
	const redirect: Redirect | undefined = root
		? {scheme, host, status: 302, location: `${scheme}://${host}${root}`}
		: undefined;
	return redirect && urlPath === '/' ? {...decision, redirect} : undefined;
}

function hasTls({tls}: Ingress, {host}: HttpRequest): boolean {
	return tls.some(({hosts}) => hosts.some((each) => each.toLowerCase() === host));
}

function askedOf(rule: RuleRef | undefined): AskedCredentials | undefined {
	const name = ['nginx.org/basic-auth-secret', 'nginx.com/jwt-key'].find(
		(each) => (rule?.ingress.annotations[each] ?? '') !== '',
	);
	return rule && name
		? askedBy(`annotation ${name}`, rule.ingress, rule.ingress.annotations[name] ?? '')
		: undefined;
}
