import type {Ingress} from '../../model/ingress.ts';

/** What makes a proxy refuse its whole configuration: it keeps what it had, and nothing that comes later is served. */
export type RefusedConfiguration = {
	readonly ingress: Ingress;
	readonly field: string;
	readonly value: string;
	readonly why: string;
};

/** The first of all Ingresses that has such a part. */
export function firstRefused(
	ingresses: readonly Ingress[],
	partOf: (ingress: Ingress) => Omit<RefusedConfiguration, 'ingress'> | undefined,
): RefusedConfiguration | undefined {
	for (const ingress of ingresses) {
		const part = partOf(ingress);
		if (part) {
			return {ingress, ...part};
		}
	}

	return undefined;
}
