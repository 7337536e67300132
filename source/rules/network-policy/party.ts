import type {Labels} from '../../model/meta.ts';
import type {Pod} from '../../model/pod.ts';

/** One side of a connection, as a policy sees it. */
export type Party =
	| {
			readonly type: 'pod';
			readonly pod: Pod;
			/** Absent: the Namespace may not be read. */
			readonly namespaceLabels?: Labels;
			/** Of the family that the connection uses. */
			readonly ip?: string;
	  }
	/** Anything that is no pod. Without an address: somebody outside, address unknown. */
	| {readonly type: 'address'; readonly ip?: string}
	/** Whoever a policy means: asks whether anybody at all is admitted. */
	| {readonly type: 'anybody'};

/** Whether something holds; `unknown` where the objects do not tell. */
export type Answer = 'yes' | 'no' | 'unknown';

export function anyOf<T>(items: readonly T[], test: (item: T) => Answer): Answer {
	const answers = items.map(test);
	return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

export function both(a: Answer, b: () => Answer): Answer {
	if (a === 'no') {
		return 'no';
	}

	const other = b();
	return other === 'no' ? 'no' : a === 'unknown' ? 'unknown' : other;
}
