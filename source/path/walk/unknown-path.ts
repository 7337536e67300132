import type {Kind} from '../../model/kinds.ts';
import {omittedOf, type KindState} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import {commonHopKinds, type HopKind} from '../hop-kind.ts';
import type {Path} from '../report.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';
import {judge} from './path-verdict.ts';
import {notReached} from './skipped.ts';

type Unreadable = {
	readonly hop: HopKind;
	readonly kind: Kind;
	readonly namespace: string | undefined;
	readonly state: KindState;
};

/** A path that is unknown because the kind it starts with cannot be read. */
export function unknownPath(title: string, {hop, kind, namespace, state}: Unreadable): Path {
	const found = accessFinding(kind, namespace, state);
	const unreadable: HopEvaluation<HopKind> = {
		hop: {
			kind: hop,
			status: 'unknown',
			basis: 'objects',
			summary: summaryOf(kind, state),
			findings: found ? [found] : [],
		},
	};
	return judge({
		title,
		hops: commonHopKinds.map((each) => (each === hop ? unreadable : notReached(each))),
	});
}

function summaryOf(kind: Kind, state: KindState): string {
	if (omittedOf(state).length > 0) {
		return 'too large to be read';
	}

	// A cluster that was opened a moment ago has refused nothing yet.
	const isPending =
		(state.state === 'connecting' && state.waited === undefined) || state.state === 'not-watched';
	return isPending ? `${kind} objects not read yet` : `${kind} objects cannot be read`;
}
