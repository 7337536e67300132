import type {Ingress} from '../../../model/routes/ingress.ts';
import {ingressesFor} from '../../../rules/ingress/ingresses-for.ts';
import {aliasedFor, isAlias} from '../../../rules/controllers/other-hosts.ts';
import {memoizeBy} from '../../../rules/memoize.ts';
import type {Focus} from './only-route.ts';
import {matchHost, type HostFit} from '../../../rules/host-match.ts';

type Fitting = {readonly ingresses: readonly Ingress[]; readonly fit: HostFit};

export function fittingFor(all: readonly Ingress[], host: string, focus: Focus): Fitting {
	return focus.object
		? bestFitting(
				askingFor(all, host).filter((ingress) => isRequested(ingress, focus)),
				host,
			)
		: fittingHost(all, host);
}

function askingFor(all: readonly Ingress[], host: string): readonly Ingress[] {
	return [...new Set([...ingressesFor(all, host), ...aliasedFor(all, host)])];
}

// Every entry of a host asks for the same.
const fittingHost = memoizeBy((all: readonly Ingress[], host): Fitting =>
	bestFitting(askingFor(all, host), host),
);

/** Those that fit best once `others`, whose rules take no request, are left out. */
export function fittingBeside(all: readonly Ingress[], host: string, others: readonly Ingress[]): Fitting {
	return bestFitting(
		askingFor(all, host).filter((ingress) => !others.includes(ingress)),
		host,
	);
}

function bestFitting(requested: readonly Ingress[], host: string, fitOf = anyFit): Fitting {
	const fits = requested.map((ingress) => ({ingress, fit: fitOf(ingress, host)}));
	const fit = fits.reduce<HostFit>((best, each) => (each.fit > best ? each.fit : best), 0);
	return {ingresses: fits.filter((each) => fit > 0 && each.fit === fit).map(({ingress}) => ingress), fit};
}

/** By the hosts of rules alone. */
export function namedFitting(all: readonly Ingress[], host: string, focus: Focus): Fitting {
	return bestFitting(
		ingressesFor(all, host).filter((ingress) => isRequested(ingress, focus)),
		host,
		namedFit,
	);
}

function isRequested(ingress: Ingress, {object}: Focus): boolean {
	return (
		!object ||
		(object.kind === 'Ingress' && object.namespace === ingress.namespace && object.name === ingress.name)
	);
}

function anyFit(ingress: Ingress, host: string): HostFit {
	return isAlias(ingress, host) ? 3 : namedFit(ingress, host);
}

export function namedFit({defaultBackend, rules}: Ingress, host: string): HostFit {
	const ofDefault: HostFit = defaultBackend && rules.length === 0 ? 1 : 0;
	return rules.reduce<HostFit>((best, rule) => {
		const fit = matchHost(rule.host, host, {wildcard: 'one-label'});
		return fit > best ? fit : best;
	}, ofDefault);
}
