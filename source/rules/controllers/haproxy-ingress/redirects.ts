import type {Ingress} from '../../../model/routes/ingress.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {matchHost} from '../../host-match.ts';
import type {Redirect, RouteInput, RuleRef} from '../../ingress/decision.ts';
import {queryText} from '../../query-text.ts';
import {fitsRegex} from '../../regex/fits-regex.ts';
import {redirectCode} from '../record/https-redirect.ts';
import {booleanOf} from './annotations.ts';
import {redirectOf} from './backends.ts';
import {hostsWith, saidOfHost, type HostWith} from './hosts.ts';
import {withLeadingSlash} from '../../slashes.ts';

type Input = Pick<RouteInput, 'ingresses' | 'settings' | 'request'>;

export type Redirected = {readonly rule: RuleRef; readonly redirect: Redirect};

/** `app-root` of the host, for the path `/` alone, whether or not a rule takes it (haproxy.tmpl, RedirFromRootMap). */
export function rootRedirect({ingresses, request}: Input): Redirected | undefined {
	if (request.urlPath !== '/') {
		return undefined;
	}

	const roots = hostsWith(ingresses, 'app-root').filter(({host}) => fits(host, request.host) > 0);
	const [best] = roots.toSorted((a, b) => fits(b.host, request.host) - fits(a.host, request.host));
	return best && {rule: best.rule, redirect: toLocation(best.value, request, 302)};
}

function fits(host: string, requested: string): number {
	return matchHost(host, requested, {wildcard: 'one-label'});
}

/** `redirect-to` of a rule: nothing is behind it. */
export function pathRedirect(rule: RuleRef, {request, settings}: Input): Redirected | undefined {
	const to = redirectOf(rule);
	return to === undefined
		? undefined
		: {rule, redirect: toLocation(to, request, redirectCode(settings['redirect-to-code'], 302))};
}

function toLocation(to: string, request: HttpRequest, status: number): Redirect {
	const {scheme, host} = /^(?<scheme>https?):\/\/(?<host>[^/:?#]+)/u.exec(to)?.groups ?? {};
	const path = withLeadingSlash(to);
	return {
		scheme: scheme ?? request.scheme,
		host: host ?? request.host,
		status,
		location: host === undefined ? `${request.scheme}://${request.host}${path}` : to,
	};
}

/** Hosts that send a name on to themselves by `redirect-from`, or `redirect-from-regex` after that, where no rule has the name. */
export function hostRedirect(input: Input): readonly Redirected[] {
	const {ingresses, request} = input;
	const named = hostsWith(ingresses, 'redirect-from').filter(
		({value}) => fits(value.toLowerCase(), request.host) > 0,
	);
	const byRegex = (): readonly HostWith[] =>
		hostsWith(ingresses, 'redirect-from-regex').filter(({value}) =>
			fitsRegex(value.toLowerCase(), request.host),
		);
	return (named.length > 0 ? named : byRegex())
		.filter(({host}) => !isPassedThrough(ingresses, host))
		.map((found) => redirectTo(found, input));
}

function redirectTo({host, rule}: HostWith, {request, settings}: Input): Redirected {
	const {scheme, urlPath} = request;
	return {
		rule,
		redirect: {
			scheme,
			host,
			status: redirectCode(settings['redirect-from-code'], 302),
			location: `${scheme}://${host}${urlPath}${queryText(request)}`,
		},
	};
}

function isPassedThrough(ingresses: readonly Ingress[], host: string): boolean {
	return booleanOf(saidOfHost(ingresses, host, 'ssl-passthrough')) === true;
}
