import {beforeBlank} from './before-blank.ts';
import type {Ingress} from '../../model/routes/ingress.ts';
import type {RuleRef} from './decision.ts';
import {fitsOtherHost} from './fits-other-host.ts';
import {oldestFirst, rulesOf} from './rules.ts';
import {indexByHost, type HostIndex} from './host-index.ts';
import {memoize} from '../memoize.ts';
import {mostForPath} from './most-for-path.ts';
import {regexStart} from '../regex/regex-start.ts';

/** What rules take beside their own hosts and paths. */
export type AlsoTaken = {
	/** Further hosts, in the form of `otherHosts` of a record. */
	readonly hosts: (rule: RuleRef) => readonly string[];
	/** There are further paths: `paths` of the reading tells whether one fits. */
	readonly hasPaths?: (rule: RuleRef) => boolean;
	/** A rule without a host is for the further ones alone, where there are any. */
	readonly endsAnyHost?: true;
};

const index = memoize((ingresses: readonly Ingress[]) =>
	indexByHost(oldestFirst(ingresses).flatMap(rulesOf), ({host}) => [host], startOf, mostForPath + 1),
);

export function rulesOfHosts(ingresses: readonly Ingress[], also?: AlsoTaken): HostIndex<RuleRef> {
	return also ? indexOf(also)(ingresses) : index(ingresses);
}

const indexOf = memoize(({hosts, hasPaths}: AlsoTaken) =>
	memoize((ingresses: readonly Ingress[]) =>
		indexByHost(
			oldestFirst(ingresses).flatMap(rulesOf),
			(rule) => [rule.host, ...hosts(rule).map((other) => (other.startsWith('~') ? '' : other))],
			(rule) => (hasPaths?.(rule) ? '' : startOf(rule)),
			mostForPath + 1,
		),
	),
);

/**
Where all paths begin that a rule may take, however a controller reads it: as text, up to a blank, with a `*`, as a regular
expression (Kong marks one by `/~`).
*/
function startOf({value = ''}: RuleRef): string {
	return value.startsWith('/') && !value.startsWith('/~') ? regexStart(beforeBlank(value)).toLowerCase() : '';
}

export type Host = Pick<RuleRef, 'host'>;

export const rulesByHost = memoize((ingresses: readonly Ingress[]) =>
	Map.groupBy(ingresses.flatMap(rulesOf), ({host}) => host),
);

/** The hosts that rules name, each once, whatever their paths. */
export const hostsFor = memoize((ingresses: readonly Ingress[]) => {
	const hosts = new Set(ingresses.flatMap(rulesOf).map(({host}) => host));
	return indexByHost<Host>(
		[...hosts].map((host) => ({host})),
		({host}) => [host],
	);
});

/** How exactly the rule of a host names it. */
export type Fit = (rule: Host) => number;

export type RuleFit = (rule: RuleRef) => number;

export function withOtherHosts(fit: Fit, also: AlsoTaken | undefined, host: string): RuleFit {
	if (!also) {
		return fit;
	}

	return (rule) => {
		const others = also.hosts(rule);
		const own = rule.host === '' && also.endsAnyHost && others.length > 0 ? 0 : fit(rule);
		return Math.max(own, ...others.map((other) => fitOther(fit, other, host)));
	};
}

/** A pattern ranks as a wildcard does. */
function fitOther(fit: Fit, other: string, host: string): number {
	return other.startsWith('~') ? (fitsOtherHost(other, host) ? 2 : 0) : fit({host: other});
}
