import type {Ingress} from '../../model/routes/ingress.ts';
import {memoize} from '../memoize.ts';
import {indexByHost} from './host-index.ts';

// A default backend alone is for any host.
const hostIndex = memoize((ingresses: readonly Ingress[]) =>
	indexByHost(ingresses, ({rules}) => (rules.length === 0 ? [''] : rules.map(({host}) => host))),
);

/** Those of a list that may be for a host, in the order of the list. */
export function ingressesFor(ingresses: readonly Ingress[], host: string): readonly Ingress[] {
	return hostIndex(ingresses)(host);
}
