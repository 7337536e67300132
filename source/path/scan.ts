import type {Snapshot} from '../model/snapshot.ts';
import {entries} from './entries.ts';
import type {Verdict} from './hop.ts';
import type {Entry, Path} from './report.ts';
import {parseTarget} from './target-text.ts';
import {worst} from './walk/verdict.ts';
import {walk} from './walk/walk.ts';

type EntryPath = Path & {
	readonly target: {readonly kind: string; readonly text: string; readonly namespace: string};
};

/** Every entry of a namespace, or of all, walked at overview depth; worst first, else in order of the entries. */
export function scan(
	snapshot: Snapshot,
	namespace: string | undefined,
): {readonly verdict: Verdict; readonly paths: readonly EntryPath[]} {
	const paths = entries(snapshot, namespace).flatMap((entry) => walkEntry(snapshot, entry));
	const order: readonly Verdict[] = ['broken', 'unknown', 'degraded', 'ok'];
	return {
		verdict: worst(paths.map(({verdict}) => verdict)) ?? 'ok',
		paths: paths.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict)),
	};
}

function walkEntry(snapshot: Snapshot, {target: text, namespace}: Entry): readonly EntryPath[] {
	const parsed = parseTarget(text);
	if ('problem' in parsed) {
		return [];
	}

	const {paths} = walk(snapshot, {target: parsed.value, namespace, depth: 'overview'});
	return paths.map((path) => ({...path, target: {kind: parsed.value.kind, text, namespace}}));
}
