import {escapeRegex} from '../../../model/matching/escape-regex.ts';

/** gorilla/mux, newRouteRegexp: `{name}` stands for a part, `{name:pattern}` for what the pattern takes; the rest is text. */
export function templatePattern(template: string, usual: string): string {
	const variable = /\{(?<inner>(?:[^{}]|\{[^{}]*\})*)\}/gu;
	let from = 0;
	let pattern = '';
	for (const found of template.matchAll(variable)) {
		const inner = found.groups?.['inner'] ?? '';
		const at = inner.indexOf(':');
		pattern += `${escapeRegex(template.slice(from, found.index))}(?:${at === -1 ? usual : inner.slice(at + 1)})`;
		from = found.index + found[0].length;
	}

	return pattern + escapeRegex(template.slice(from));
}
