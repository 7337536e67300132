import {captureRegex} from '../../regex/regex.ts';
import type {Directive} from './corefile.ts';
import {fqdn} from '../name.ts';

/** A name that CoreDNS asks its other plugins for in place of the one it was asked for (coredns plugin/rewrite, name.go). */
export type Rewrite = {
	readonly match: 'exact' | 'prefix' | 'suffix' | 'substring' | 'regex';
	readonly from: string;
	readonly to: string;
	/** The rules behind it are tried with the new name. */
	readonly continues: boolean;
};

/** Fields that leave the name as it is. */
const elsewhere = ['edns0', 'ttl'];

/** What a `rewrite` says; undefined where that is not followed. */
export function rewriteOf({args, lines}: Directive): Rewrite | 'elsewhere' | undefined {
	// In a block the first line is the rule, and the others change answers.
	const [first = '', ...more] = [...args, ...(lines[0] ?? [])];
	const hasMode = first === 'continue' || first === 'stop';
	const [field = '', ...rest] = hasMode ? more : [first, ...more];
	if (elsewhere.includes(field)) {
		return 'elsewhere';
	}

	const [match = '', from = '', to = ''] = rest.length === 2 ? ['exact', ...rest] : rest;
	const continues = first === 'continue';
	if (field !== 'name' || from === '' || to === '') {
		return undefined;
	}

	// CoreDNS ends each of them with a dot, also a prefix or a part of a name: `prefix foo` does not mean `foobar.`.
	const kind = match.toLowerCase();
	switch (kind) {
		case 'exact':
		case 'prefix':
		case 'suffix':
		case 'substring':
			return {match: kind, from: fqdn(from).toLowerCase(), to: fqdn(to).toLowerCase(), continues};
		case 'regex':
			return {match: kind, from, to: fqdn(to).toLowerCase(), continues};
		default:
			return undefined;
	}
}

/** The name after all rules: the first that fits is the last, unless it says continue. Undefined: a pattern that is not readable. */
export function rewritten(rules: readonly Rewrite[], name: string): string | undefined {
	let now = name;
	for (const rule of rules) {
		const next = applied(rule, now.toLowerCase());
		if (next === 'invalid') {
			return undefined;
		}

		now = next ?? now;
		if (next !== undefined && !rule.continues) {
			break;
		}
	}

	return now;
}

function applied({match, from, to}: Rewrite, name: string): string | undefined {
	switch (match) {
		case 'exact':
			return name === from ? to : undefined;
		case 'prefix':
			return name.startsWith(from) ? `${to}${name.slice(from.length)}` : undefined;
		case 'suffix':
			return name.endsWith(from) ? `${name.slice(0, -from.length)}${to}` : undefined;
		case 'substring':
			return name.includes(from) ? name.replaceAll(from, () => to) : undefined;
		case 'regex': {
			const groups = captureRegex(from, name);
			return groups === 'invalid'
				? groups
				: groups?.reduce((text, group, index) => text.replaceAll(`{${index}}`, () => group), to);
		}
	}
}
