import type {Ingress} from '../../model/routes/ingress.ts';
import {plainHost} from '../host-match.ts';
import {memoize} from '../memoize.ts';
import {indexByHost} from './host-index.ts';
import {oldestFirst} from './rules.ts';

/** A host of `spec.tls` of an Ingress, and the Secret that it names. */
export type TlsEntry = {
	readonly ingress: Ingress;
	/** Lower case; '' where the entry lists no host. */
	readonly host: string;
	readonly secretName: string;
};

/** Entries that may be for a host: by its name, by a wildcard above it at any depth, or for every host. Oldest Ingress first. */
export const tlsEntriesFor = memoize((ingresses: readonly Ingress[]) =>
	indexByHost(
		oldestFirst(ingresses).flatMap((ingress) =>
			ingress.tls.flatMap(({hosts, secretName = ''}) =>
				(hosts.length === 0 ? [''] : hosts).map((host): TlsEntry => ({
					ingress,
					host: plainHost(host),
					secretName,
				})),
			),
		),
		({host}) => [host],
	),
);
