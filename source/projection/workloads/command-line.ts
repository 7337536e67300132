import {parseIp} from '../../model/matching/ip.ts';
import {keptOf} from '../../model/kept/flags.ts';
import {texts} from '../wire.ts';

/** What is kept of `command` or `args`: the flags that a walk reads, as `--name=value`, and addresses (KNET520). */
export function projectWords(value: unknown): readonly string[] {
	// A flag may stand within one long `sh -c` line.
	const words = texts(value).flatMap((text) => text.split(/\s+/u).filter(Boolean));
	const kept: string[] = [];
	for (let at = 0; at < words.length; at++) {
		const word = words[at] ?? '';
		const [, dashes, name = '', given] = /^(--?)([^=\s-][^=\s]*)(?:=(.*))?$/u.exec(word) ?? [];
		const how = dashes === undefined ? undefined : keptOf(name);
		const next = words[at + 1] ?? '-';
		const hasNext = how !== undefined && given === undefined && !next.startsWith('-');
		const value = given ?? (hasNext ? next : '');
		if (how === undefined) {
			kept.push(...addressesIn(word));
		} else {
			kept.push(
				`${dashes}${name}=${how === 'value' ? value : ''}`,
				...addressesIn(how === 'value' ? '' : value),
			);
			at += hasNext ? 1 : 0;
		}
	}

	return kept;
}

/** The IP addresses in a text, each whole (1.2.3.4 is not in 1.2.3.45): nothing else of it is kept. Linear in the text. */
export function addressesIn(text: string): readonly string[] {
	// Most words and values hold none, and there are dozens in each pod.
	if (!/\d\.\d|:.*:/u.test(text)) {
		return [];
	}

	const four = text.match(/(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\w)/gu) ?? [];
	const six = text.split(/[^\w.:]/u).filter((word) => word.length <= longestAddress && isSix(word));
	return [...four.filter((found) => parseIp(found)), ...six];
}

const longestAddress = '0000:0000:0000:0000:0000:ffff:255.255.255.255'.length;

function isSix(word: string): boolean {
	return /:.*:/u.test(word) && parseIp(word) !== undefined;
}
