import type {Kind} from '../../model/kinds.ts';
import {omittedOf, type KindState} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import type {Finding} from '../finding.ts';
import {commonHopKinds, type HopKind} from '../hop-kind.ts';
import type {Path} from '../report.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';
import type {HostField} from './frontends/nearest-hosts.ts';
import {judge} from './path-verdict.ts';
import {notReached} from './skipped.ts';

type Unreadable = {
	readonly hop: HopKind;
	readonly kind: Kind;
	readonly namespace: string | undefined;
	readonly state: KindState;
	/** The nearest host of those that are known: it may be the one that is meant. */
	readonly meant?: HostField;
};

/** A path that is unknown because the kind it starts with cannot be read. */
export function unknownPath(title: string, {hop, kind, namespace, state, meant}: Unreadable): Path {
	const found = accessFinding(kind, namespace, state);
	const unreadable: HopEvaluation<HopKind> = {
		hop: {
			kind: hop,
			status: 'unknown',
			basis: 'objects',
			summary: summaryOf(kind, state),
			findings: found ? [meant ? withMeant(found, meant) : found] : [],
		},
	};
	return judge({
		title,
		hops: commonHopKinds.map((each) => (each === hop ? unreadable : notReached(each))),
	});
}

function withMeant(found: Finding, {host, object, path}: HostField): Finding {
	return {
		...found,
		evidence: [...found.evidence, {object, path, value: host}],
		remedy: `Check the spelling: the nearest host is ${host}. ${found.remedy}`,
	};
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
