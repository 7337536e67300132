import {refText, type ObjectRef} from '../../model/ref.ts';
import type {Connection} from '../../rules/network-policy/connections.ts';
import type {Decision} from '../../rules/network-policy/decide.ts';

/** The decisions of several connections in one: what the client meets as a whole. */
export type Combined = {
	readonly verdict: 'allowed' | 'denied' | 'partly' | 'undecidable';
	/** The policies that decided. */
	readonly by: readonly ObjectRef[];
};

/** `partly` is said only where a connection is surely admitted beside one that is surely denied. */
export function combine(decisions: readonly Decision[]): Combined {
	const of = (wanted: Decision['verdict']): readonly Decision[] =>
		decisions.filter(({verdict}) => verdict === wanted);
	const [denied, open] = [of('denied'), of('undecidable')];
	if (denied.length > 0 && (denied.length === decisions.length || of('allowed').length > 0)) {
		return {verdict: denied.length === decisions.length ? 'denied' : 'partly', by: policiesOf(denied)};
	}

	return open.length > 0
		? {verdict: 'undecidable', by: policiesOf(open)}
		: {verdict: 'allowed', by: policiesOf(decisions)};
}

/** Without those of a pod that is a backend of what it asks: a pod always reaches itself, which tells nothing of the policies. */
export function toOthers(connections: readonly Connection[]): readonly Connection[] {
	const others = connections.filter(({isToItself}) => !isToItself);
	return others.length > 0 ? others : connections;
}

function policiesOf(decisions: readonly Decision[]): readonly ObjectRef[] {
	return [...new Map(decisions.flatMap(({by}) => by).map((ref) => [refText(ref), ref])).values()];
}
