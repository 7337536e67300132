import type {Snapshot} from '../../model/snapshot.ts';
import type {Entry, Trace} from '../report.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {parseTarget} from '../target-text.ts';
import {walk} from './walk.ts';
import type {TraceOptions} from '../../model/request.ts';

/** Walks an entry of a list. Undefined: its target cannot be read. */
export function walkEntry(
	snapshot: Snapshot,
	{target: text, namespace}: Entry,
	{from, request, detail}: TraceOptions & Pick<HopContext, 'detail'>,
): Trace | undefined {
	const parsed = parseTarget(text, request);
	if ('problem' in parsed) {
		return undefined;
	}

	const {value: target} = parsed;
	// What is attached to a Gateway are entries of their own.
	return walk(snapshot, {target, from, namespace, detail: target.kind === 'gateway' ? 'overview' : detail});
}
