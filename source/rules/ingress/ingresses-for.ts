import type {Ingress} from '../../model/ingress.ts';
import {memoize} from '../memo.ts';
import {indexByHost} from './host-index.ts';

// A default backend alone is for any host.
const hostIndex = memoize((ingresses: readonly Ingress[]) =>
	indexByHost(ingresses, ({rules}) => (rules.length === 0 ? [''] : rules.map(({host}) => host))),
);

/** Of a list those that may be for a host, in its order. */
export function ingressesFor(ingresses: readonly Ingress[], host: string): readonly Ingress[] {
	return hostIndex(ingresses)(host);
}
