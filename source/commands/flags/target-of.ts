import {isTargetKind} from '../../path/object-names.ts';

/** One word, or kubectl's `TYPE NAME`. Undefined: none, or more than one target. */
export function targetOf(words: readonly string[]): string | undefined {
	const [first, ...rest] = words;
	const isPair = rest.length === 1 && first !== undefined && isTargetKind(first);
	return rest.length === 0 || isPair ? words.join('/') || undefined : undefined;
}
