import type {Path} from '../report.ts';

/** What no hop looked at on the paths that work, each item once. A broken path needs no such reservation. */
export function notCheckedBy(paths: readonly Path[]): readonly string[] {
	const working = paths.filter(({verdict}) => verdict === 'ok' || verdict === 'degraded');
	return [...new Set(working.flatMap(({hops}) => hops.flatMap(({notChecked = []}) => notChecked)))];
}
