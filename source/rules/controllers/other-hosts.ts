import type {Ingress} from '../../model/routes/ingress.ts';
import {memoize} from '../memoize.ts';
import {fitsOtherHost} from '../ingress/fits-other-host.ts';
import {regexBudget, type RegexBudget} from '../regex/regex.ts';
import {controllerRecords} from './records.ts';

/** The Ingresses of a list that ask for the host beside those of their rules. */
export function aliasedFor(ingresses: readonly Ingress[], host: string): readonly Ingress[] {
	const budget = regexBudget();
	return aliased(ingresses).filter((ingress) => isAlias(ingress, host, budget));
}

/** Whether an annotation of the Ingress asks for the host. */
export function isAlias(ingress: Ingress, host: string, budget?: RegexBudget): boolean {
	return hostsOf(ingress).some((alias) => fitsOtherHost(alias, host, budget) !== false);
}

const aliased = memoize((ingresses: readonly Ingress[]) =>
	ingresses.filter((ingress) => hostsOf(ingress).length > 0),
);

const hostsOf = memoize((ingress: Ingress): readonly string[] =>
	controllerRecords.flatMap((record) => record.ingress?.otherHosts?.(ingress) ?? []),
);
