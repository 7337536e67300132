import {admittedText} from '../../../rules/source-lists.ts';
import type {RuleRef, Redirect} from '../../../rules/ingress/decision.ts';
import {ruleText, backendText, matchedRule} from './rule-text.ts';
import type {RouteDetails} from '../../details.ts';
import {passesThrough} from './rule-findings.ts';
import {sameRule} from '../../../rules/ingress/same-rule.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';
import type {Decided} from '../../../rules/controllers/decided.ts';

/** `host`: the one that was asked for. */
export function summaryOf(rule: RuleRef | undefined, redirect?: Redirect, host?: string): string {
	const isElsewhere = redirect?.host !== undefined && redirect.host !== host;
	const to = redirect
		? `redirects to ${isElsewhere ? redirect.host : redirect.scheme} (${redirect.status})`
		: '';
	return rule ? `${ruleText(rule)} → ${backendText(rule.backend)}${to ? `, ${to}` : ''}` : to;
}

export function detailsOf(
	{controller}: DecideInput,
	decided: Decided,
	rule: RuleRef | undefined,
): RouteDetails {
	const {actual} = decided;
	const {redirect, upstreamPath, undecided, asked, sources} = actual;
	const changes = [
		...(redirect ? [`redirects to ${redirect.location} (${redirect.status})`] : []),
		...(upstreamPath === undefined ? [] : [rewriteText(upstreamPath)]),
		...(rule ? passesThrough(controller, rule) : []),
		...(asked && !redirect ? [`${asked.by} answers 401 without credentials`] : []),
		...(sources && !redirect ? [admittedText(sources)] : []),
		...undecided.map((what) => `not known: ${what}`),
	];
	return {
		matched: rule && matchedRule(rule),
		changes: changes.length > 0 ? changes : undefined,
		backends: shownBackends(decided, rule),
		losers: losersOf(decided, rule),
	};
}

function rewriteText(upstreamPath: NonNullable<Decided['actual']['upstreamPath']>): string {
	return typeof upstreamPath === 'string'
		? `the backend sees ${upstreamPath}`
		: `not known: what path the backend sees, the regular expression ${upstreamPath.unread} could not be read`;
}

function shownBackends(decided: Decided, rule: RuleRef | undefined): RouteDetails['backends'] {
	const {actual, leftOut} = decided;
	const isDropped = leftOut && !actual.matched;
	const weighted = !isDropped ? actual.backends : rule ? [{rule, weight: 1, share: 1}] : [];
	return weighted.map(({rule: {ingress, backend}, weight, share}) => ({
		kind: backend.type === 'service' ? 'Service' : backend.resource.kind,
		namespace: ingress.namespace,
		name: backend.type === 'service' ? backend.name : backend.resource.name,
		port: backend.type === 'service' ? (backend.port.name ?? backend.port.number) : undefined,
		weight,
		share,
	}));
}

/** At most ten: enough to see why. */
export function losersOf({actual}: Decided, shown?: RuleRef): RouteDetails['losers'] {
	return actual.losers
		.filter(({rule}) => !sameRule(rule, shown))
		.slice(0, 10)
		.map(({rule, why}) => ({...matchedRule(rule), why}));
}
