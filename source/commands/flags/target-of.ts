import {command} from '../../model/safe-text/command.ts';
import {isTargetKind} from '../../path/object-names.ts';

/** One word, or kubectl's `TYPE NAME`. Undefined: none, or more than one target. */
export function targetOf(words: readonly string[]): string | undefined {
	const [first, ...rest] = words;
	const isPair = rest.length === 1 && first !== undefined && isTargetKind(first);
	return rest.length === 0 || isPair ? words.join('/') || undefined : undefined;
}

/** Words that are no target in this order, and surely meant as one: `web svc`, `pod web-a 8080`. */
function meantBy(words: readonly string[]): string | undefined {
	const [first = '', second = '', third = ''] = words;
	if (words.length === 2 && isTargetKind(second)) {
		return `${second}/${first}`;
	}

	return words.length === 3 && isTargetKind(first) && /^\d+$/u.test(third)
		? `${first}/${second}:${third}`
		: undefined;
}

/** What to do about words that are no target: the one that was surely meant, or `otherwise`. `before`: the words of the program. */
export function insteadOfWords(
	words: readonly string[],
	before: readonly string[],
	otherwise: string,
): string {
	const meant = meantBy(words);
	return meant === undefined ? otherwise : `Did you mean ${command(...before, meant)}?`;
}
