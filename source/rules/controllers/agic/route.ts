import type {Ingress} from '../../../model/routes/ingress.ts';
import type {RouteDecision, RouteInput, RuleRef} from '../../ingress/decision.ts';
import {byText, exactly} from '../../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../../ingress/route-by.ts';
import {matchHost} from '../../host-match.ts';
import {isOn} from '../record/classes.ts';
import {redirectedToHttps} from '../record/https-redirect.ts';
import {byNameAsWritten} from '../../ingress/rules.ts';

const prefix = 'appgw.ingress.kubernetes.io/';

/** preparePathFromPathType: Prefix gets a `*` at the end, Exact loses it; else as written, exact unless it ends in `*`. */
const ownPath: PathFit = (path, urlPath, rule) =>
	(rule !== undefined && catchesAll(rule)) ||
	(path.endsWith('*') ? byText(path.slice(0, -1), urlPath) : path === urlPath);

const exactPath: PathFit = (path, urlPath, rule, budget) =>
	(rule !== undefined && catchesAll(rule)) || exactly(path.replace(/\*$/u, ''), urlPath, rule, budget);

const prefixPath: PathFit = (path, urlPath) => byText(path.replace(/\*$/u, ''), urlPath);

/** isPathCatchAll: of any path type; it is the default of the listener. */
function catchesAll({value = ''}: RuleRef): boolean {
	return ['', '/', '/*'].includes(value);
}

/**
Application Gateway tries paths in the order in which they are listed, the more exact one or not (its documentation, Order of
processing rules); AGIC lists them by the names of the Ingresses, and as they stand there (mergePathMap, ByIngressName).
*/
function asListed(a: RuleRef, b: RuleRef): number {
	return Number(catchesAll(a)) - Number(catchesAll(b)) || byNameAsWritten(a, b);
}

const reading: Reading = {
	paths: {Exact: exactPath, Prefix: prefixPath, ImplementationSpecific: ownPath},
	alsoTakes: {hosts: ({ingress}) => extraHosts(ingress), endsAnyHost: true},
	order: asListed,
	isolatesHosts: true,
	leavesOutBroken: true,
	defaults: 'any-host',
	whyNotRemedy:
		'Set annotation appgw.ingress.kubernetes.io/ssl-redirect: "true" to have http and https, or use the scheme and port it has.',
};

/** Listeners of an Ingress have these hosts beside that of the rule (annotations.go, GetHostNameExtensions). */
export function extraHosts({annotations}: Ingress): readonly string[] {
	return (annotations[`${prefix}hostname-extension`] ?? '')
		.split(',')
		.map((each) => each.trim())
		.filter(Boolean);
}

/** A host has an https listener where it has a certificate, and no http listener then, unless http is redirected (ingress_rules.go). */
export function routeByAgic(input: RouteInput): RouteDecision {
	const whyNot = (rule: RuleRef): string | undefined =>
		whyNoListener(rule.path === undefined ? {...rule, host: input.request.host} : rule, input);
	const defaults = isNamed(input) ? 'owner' : 'any-host';
	const decision = routeBy({all: [{...reading, defaults, whyNot}]})(input);
	const {matched} = decision;
	const listening = input.ingresses.flatMap((ingress) => listenersOf(ingress, input));
	const hasNone = input.ingresses.length > 0 && listening.length === 0;
	const hasHost = listening.some((host) => host === '' || names(host, input));
	return matched && input.request.scheme === 'http' && hasTls(matched, input) && redirects(matched.ingress)
		? redirectedToHttps(decision, input.request, 301)
		: {
				...decision,
				// Documentation of Application Gateway, HTTP response codes: no listener has the host, and none is for all hosts.
				stopWithoutRule: hasNone ? 'nobody' : hasHost ? undefined : 'answered-404',
			};
}

/** The listeners of a host have the default backend of their own Ingress alone (getDefaultFromRule, noRulesIngress). */
function isNamed(input: RouteInput): boolean {
	return input.ingresses.some(({rules}) => rules.some(({host}) => host !== '' && names(host, input)));
}

function names(host: string, {request}: RouteInput): boolean {
	return matchHost(host, request.host, {wildcard: 'one-label'}) > 0;
}

/** Hosts of its listeners for the scheme and the port; '' for all hosts. */
function listenersOf(ingress: Ingress, input: RouteInput): readonly string[] {
	const others = extraHosts(ingress);
	const hosts = ingress.rules.length === 0 ? [''] : ingress.rules.map(({host}) => host);
	return hosts
		.filter((host) => whyNoListener({ingress, host}, input) === undefined)
		.flatMap((host) => (host === '' ? (others.length > 0 ? others : ['']) : [host, ...others]));
}

type Listened = Pick<RuleRef, 'ingress' | 'host'>;

function whyNoListener(rule: Listened, input: RouteInput): string | undefined {
	const {scheme, port} = input.request;
	const isSecure = hasTls(rule, input);
	const given = Number(rule.ingress.annotations[`${prefix}override-frontend-port`] ?? 0);
	if (given > 0 && given !== port) {
		return `annotation ${prefix}override-frontend-port has port ${given} alone`;
	}

	if (scheme === 'https') {
		return isSecure ? undefined : 'its host has no certificate, so it has an http listener alone';
	}

	return isSecure && !redirects(rule.ingress)
		? 'its host has a certificate, so it has an https listener alone'
		: undefined;
}

function redirects({annotations}: Ingress): boolean {
	return isOn(annotations[`${prefix}ssl-redirect`] ?? 'false');
}

/** getCertificate: an entry of its own Ingress that names the host or no host; a certificate of the gateway by annotation. */
function hasTls({ingress, host}: Listened, {secureHosts}: RouteInput): boolean {
	const {annotations, tls} = ingress;
	return (
		(annotations[`${prefix}appgw-ssl-certificate`] ?? '') !== '' ||
		tls.some(({hosts, secretName}) => {
			const named = hosts.length === 0 ? '' : hosts.includes(host) ? host.toLowerCase() : undefined;
			return named !== undefined && !!secretName && (secureHosts?.has(named) ?? true);
		})
	);
}
