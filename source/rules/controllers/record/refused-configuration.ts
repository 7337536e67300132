import type {Ingress} from '../../../model/routes/ingress.ts';
import {memoize} from '../../memoize.ts';

/** What makes a proxy refuse its whole configuration: it keeps what it had, and nothing that comes later is served. */
export type RefusedConfiguration = {
	readonly ingress: Ingress;
	readonly field: string;
	readonly value: string;
	readonly why: string;
};

/** Finds the first Ingress with a part that the proxy refuses; once for a list, not for each request. */
export function firstRefused(
	partOf: (ingress: Ingress) => Omit<RefusedConfiguration, 'ingress'> | undefined,
): (ingresses: readonly Ingress[]) => RefusedConfiguration | undefined {
	return memoize((ingresses) => {
		for (const ingress of ingresses) {
			const part = partOf(ingress);
			if (part) {
				return {ingress, ...part};
			}
		}

		return undefined;
	});
}
