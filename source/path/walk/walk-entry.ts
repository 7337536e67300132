import type {Snapshot} from '../../model/snapshot.ts';
import type {Entry, Trace} from '../report.ts';
import type {Visit} from '../resolver.ts';
import {parseTarget} from '../target-text.ts';
import {walk} from './walk.ts';
import type {Asking} from '../../model/request.ts';

/** Walks an entry of a list. Undefined: its target cannot be read. */
export function walkEntry(
	snapshot: Snapshot,
	{target: text, namespace}: Entry,
	{from, request, depth}: Asking & Pick<Visit, 'depth'>,
): Trace | undefined {
	const parsed = parseTarget(text, request);
	if ('problem' in parsed) {
		return undefined;
	}

	const {value: target} = parsed;
	// What is attached to a Gateway are entries of their own.
	return walk(snapshot, {target, from, namespace, depth: target.kind === 'gateway' ? 'overview' : depth});
}
