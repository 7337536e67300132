import type {LabelSelector} from './label-selector.ts';

type Requirement = LabelSelector['matchExpressions'][number];

/** A selector as `kubectl get -l` takes it; undefined: it is none. Source: apimachinery, labels.Parse. */
export function parseSelector(text: string): LabelSelector | undefined {
	// A comma in parentheses separates values.
	const parts = text.match(/(?:[^,(]|\([^)]*\))+/gu) ?? [];
	const requirements = parts.map((part) => requirementOf(part.trim()));
	const known = requirements.filter((each) => each !== undefined);
	return parts.join(',') === text && parts.length > 0 && known.length === requirements.length
		? {matchLabels: {}, matchExpressions: known}
		: undefined;
}

function requirementOf(text: string): Requirement | undefined {
	const equal = /^(?<key>[\w./-]+)\s*(?<sign>==?|!=)\s*(?<value>[\w.-]*)$/u.exec(text)?.groups;
	if (equal) {
		const {key = '', sign, value = ''} = equal;
		return {key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value]};
	}

	const set = /^(?<key>[\w./-]+)\s+(?<word>in|notin)\s*\((?<values>[^)]*)\)$/u.exec(text)?.groups;
	if (set) {
		const values = (set['values'] ?? '').split(',').map((value) => value.trim());
		return {key: set['key'] ?? '', operator: set['word'] === 'in' ? 'In' : 'NotIn', values};
	}

	const exists = /^(?<not>!?)\s*(?<key>[\w./-]+)$/u.exec(text)?.groups;
	return exists
		? {key: exists['key'] ?? '', operator: exists['not'] ? 'DoesNotExist' : 'Exists', values: []}
		: undefined;
}
