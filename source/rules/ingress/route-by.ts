import type {IngressPath} from '../../model/routes/ingress.ts';
import type {HttpRequest} from '../../model/request.ts';
import {
	noMatch,
	taken,
	type BackendState,
	type RouteDecision,
	type RouteInput,
	type RuleRef,
} from './decision.ts';
import {matchHost, plainHost, sentLabel} from '../host-match.ts';
import {defaultsFor, type Defaults} from './defaults-for.ts';
import {mostForPath, tooManyRules} from './most-for-path.ts';
import {regexBudget, type RegexBudget} from '../regex/regex.ts';
import {sameRule} from './same-rule.ts';
import {
	type AlsoTaken,
	rulesOfHosts,
	type Host,
	rulesByHost,
	hostsFor,
	type Fit,
	type RuleFit,
	withOtherHosts,
} from './rules-of-host.ts';

/** Whether a path of a rule takes that of a request. Undefined: not readable, or the budget is used up. */
export type PathFit = (
	path: string,
	urlPath: string,
	rule?: RuleRef,
	budget?: RegexBudget,
) => boolean | undefined;

/** Below zero: the first goes before the second. */
export type Order = (a: RuleRef, b: RuleRef) => number;

/** How a controller finds the rule for a request. */
export type Reading = {
	readonly paths: Readonly<Record<IngressPath['pathType'], PathFit>>;
	readonly alsoTakes?: AlsoTaken;
	/** The best host goes first, and the oldest Ingress breaks ties. */
	readonly order: Order;
	/** As `order`, where it depends on which other rules of the hosts begin as the path does. */
	readonly orderAmong?: (rules: readonly RuleRef[]) => Order;
	/** Only the rules of the host that fits best are looked at (a virtual host of Envoy, a server of nginx). */
	readonly isolatesHosts: boolean;
	/** The path and its type weigh more than how exactly a rule names the host. */
	readonly pathFirst?: boolean;
	/** `*.x` stands for any number of labels; else for exactly one. `hides`: for one, and no other rule is looked at for more. */
	readonly manyLabels?: boolean | 'hides';
	/** What the label may be that `*` stands for, as the client writes it. Absent: any. */
	readonly wildcardLabel?: RegExp;
	/** Over https only rules count that have a TLS entry for their host. */
	readonly byTlsHost?: boolean;
	readonly defaults: Defaults;
	/** A host whose rules are all left out is named by none. */
	readonly dropsEmptyHosts?: true;
	/** A rule without a usable Service and port is left out, and another rule may answer. */
	readonly leavesOutBroken?: boolean | ((rule: RuleRef) => boolean);
	/** Why the winner takes every request that the other one might get. */
	readonly whyHidden?: (other: RuleRef, winner: RuleRef) => string | undefined;
	/** Two Ingresses have rules with one host and one such key: which wins is not defined. */
	readonly tieKey?: (rule: RuleRef) => string;
	/** Two rules of one host of which it is not defined which goes first, given all rules of the host. */
	readonly tieAmong?: (rules: readonly RuleRef[]) => (a: RuleRef, b: RuleRef) => boolean;
	/** Criteria beside host and path. A text: why the rule does not take the request. */
	readonly whyNot?: (rule: RuleRef, request: HttpRequest, input: RouteInput) => string | undefined;
	/** The criteria do not depend on the request: what they keep out never gets one. */
	readonly whyNotIsFinal?: true;
	/** How to fix a rule that such criteria keep from the request. */
	readonly whyNotRemedy?: string;
};

/** Several readings: the controller's own is not known, and the decision holds where all of them agree. */
type Readings = {readonly all: readonly Reading[]; readonly assumption?: string};

export function routeBy({all, assumption = ''}: Readings): (input: RouteInput) => RouteDecision {
	return (input) => {
		const [first = noMatch, ...others] = all.map((reading) => decide(input, reading));
		const differs = others.some(({matched}) => !agree(first.matched, matched));
		return differs ? {...first, assumption} : first;
	};
}

function agree(a: RuleRef | undefined, b: RuleRef | undefined): boolean {
	return a === undefined || b === undefined ? a === b : sameRule(a, b);
}

function decide(input: RouteInput, reading: Reading): RouteDecision {
	const looked = lookedAt(input, reading);
	const {fit, hosts, rules, whyNot} = looked;
	const budget = regexBudget();
	const fits = rules.map((rule) => ({rule, fits: fitPath(reading, rule, input.request.urlPath, budget)}));
	const fitting = fits.filter((each) => each.fits).map(({rule}) => rule);
	const takes = (rule: RuleRef): boolean => whyNot(rule) === undefined;
	const taking = rules.filter(takes);
	const order = reading.orderAmong?.(taking) ?? reading.order;
	const ties = reading.tieAmong?.(taking);
	const [winner, ...rest] = fitting
		.filter(takes)
		.toSorted((a, b) => compareRules({...reading, order}, fit, a, b));
	const left = leftOut(fitting, reading, looked);
	const unread = fits.filter((each) => each.fits === undefined).map(({rule}) => rule);
	const undecided = whyUndecided(rules, unread);
	const found = winner ?? defaultsFor(input, hosts, reading.defaults).find(takes);
	return found
		? taken(found, {
				undecided,
				tied: rest.filter((rule) => isTie(reading, rule, found) || ties?.(rule, found)),
				losers: [...left, ...rest.map((rule) => lost(rule, found, {fit, reading}))],
			})
		: {...noMatch, undecided, losers: left};
}

/** Why a rule whose path fits does not take the request; undefined where it does. */
type WhyNot = (rule: RuleRef) => string | undefined;

type LookedAt = {
	readonly fit: RuleFit;
	/** Those that rules name for the host of the request. */
	readonly hosts: readonly Host[];
	/** Rules of the hosts that count; their paths may fit. */
	readonly rules: readonly RuleRef[];
	readonly whyNot: WhyNot;
	/** How to fix a rule that is left out. */
	readonly remedyFor: (rule: RuleRef) => string | undefined;
};

/** The rules that a reading looks at for a request. */
function lookedAt(input: RouteInput, reading: Reading): LookedAt {
	const {request, ingresses, backendState, secureHosts} = input;
	const wildcard = reading.manyLabels === true ? 'suffix' : 'one-label';
	const takesLabel = reading.wildcardLabel?.test(sentLabel(request)) ?? true;
	const fitHost: Fit = ({host}) => {
		const found = matchHost(host, request.host, {wildcard});
		return found === 2 && !takesLabel ? 0 : found;
	};
	const fit = withOtherHosts(fitHost, reading.alsoTakes, request.host);
	const secure = reading.byTlsHost && request.scheme === 'https' ? secureHosts : undefined;
	const named: Fit = ({host}) =>
		matchHost(host, request.host, {wildcard: reading.manyLabels ? 'suffix' : 'one-label'});
	const whyNot: WhyNot = (rule) =>
		(isSecure(rule, secure) ? undefined : `no TLS entry serves its host ${rule.host}`) ??
		reading.whyNot?.(rule, request, input) ??
		(isLeftOut(reading, rule) ? whyUnusable(backendState(rule.ingress, rule.backend)) : undefined);
	const isThere = ({host}: Host): boolean =>
		!reading.dropsEmptyHosts ||
		(rulesByHost(ingresses).get(host) ?? []).some((rule) => whyNot(rule) === undefined);
	const hosts = hostsFor(ingresses)(request.host).filter(
		(host) => named(host) > 0 && isSecure(host, secure) && isThere(host),
	);
	const least = reading.isolatesHosts ? Math.max(1, ...hosts.map(named)) : 1;
	return {
		fit,
		hosts,
		rules: rulesOfHosts(ingresses, reading.alsoTakes)(request.host, request.urlPath.toLowerCase()).filter(
			(rule) => fit(rule) >= least,
		),
		whyNot,
		remedyFor: (rule) =>
			isSecure(rule, secure)
				? reading.whyNotRemedy
				: `Name ${rule.host} and an existing Secret in spec.tls of its Ingress, or use http.`,
	};
}

function leftOut(
	rules: readonly RuleRef[],
	{whyNotIsFinal: shadowed}: Reading,
	{whyNot, remedyFor}: Pick<LookedAt, 'whyNot' | 'remedyFor'>,
): RouteDecision['losers'] {
	return rules.flatMap((rule) => {
		const why = whyNot(rule);
		return why === undefined ? [] : [{rule, why, remedy: remedyFor(rule), shadowed}];
	});
}

function whyUndecided(rules: readonly RuleRef[], unread: readonly RuleRef[]): readonly string[] {
	return [
		...(rules.length > mostForPath ? [tooManyRules] : []),
		...unread.slice(0, 3).map(({value = ''}) => `the regular expression ${value} could not be read`),
	];
}

function isLeftOut({leavesOutBroken = false}: Reading, rule: RuleRef): boolean {
	return typeof leavesOutBroken === 'function' ? leavesOutBroken(rule) : leavesOutBroken;
}

function whyUnusable(state: BackendState): string | undefined {
	switch (state.type) {
		case 'no-service':
			return 'its Service does not exist, so the rule is left out';
		case 'no-port':
			return 'its Service has no such port, so the rule is left out';
		case 'not-routed':
			return state.why;
		case 'resource':
			return 'its backend is a resource';
		case 'ready':
		case 'empty':
		case 'external-name':
		case 'unknown':
			return undefined;
	}
}

function isTie({tieKey}: Reading, a: RuleRef, b: RuleRef): boolean {
	return tieKey !== undefined && a.host === b.host && a.ingress !== b.ingress && tieKey(a) === tieKey(b);
}

/** Rules without a host stand for hosts that no TLS entry names, too. */
function isSecure({host}: Host, secure: ReadonlySet<string> | undefined): boolean {
	return !secure || host === '' || secure.has(plainHost(host));
}

function fitPath({paths}: Reading, rule: RuleRef, urlPath: string, budget: RegexBudget): boolean | undefined {
	return paths[rule.pathType ?? 'Prefix'](rule.value || '/', urlPath, rule, budget);
}

function compareRules({order, pathFirst}: Reading, fit: RuleFit, a: RuleRef, b: RuleRef): number {
	const byHost = fit(b) - fit(a);
	return pathFirst ? order(a, b) || byHost : byHost || order(a, b);
}

function lost(
	rule: RuleRef,
	winner: RuleRef,
	{fit, reading}: {readonly fit: RuleFit; readonly reading: Reading},
): RouteDecision['losers'][number] {
	const hidden = reading.whyHidden?.(rule, winner);
	return hidden === undefined ? {rule, why: whyLost(rule, winner, fit)} : {rule, why: hidden, shadowed: true};
}

function whyLost(rule: RuleRef, winner: RuleRef, fit: RuleFit): string {
	if (fit(rule) !== fit(winner)) {
		return 'the winner names the host more exactly';
	}

	if (rule.pathType !== winner.pathType) {
		return `${winner.pathType} goes before ${rule.pathType} here`;
	}

	return rule.value?.length === winner.value?.length
		? 'the winner stands first (older Ingress)'
		: 'the winner has the longer path';
}
