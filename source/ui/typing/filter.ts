import type {EntryRow} from '../../session/state.ts';
import {escapeRegex} from '../../model/matching/escape-regex.ts';
import {noteOf} from '../../view/entries/entry-note.ts';
import type {UiState} from '../state.ts';

type Filter = Pick<UiState, 'filter' | 'faultsOnly' | 'kinds'>;

/**
Whether an entry is shown. `/` filters as k9s does, over what is on the screen: a regular expression; `!` what does not
match; `-f` letters in this order; `-l` labels of the object.
*/
export function filterOf({filter, faultsOnly, kinds}: Filter): (row: EntryRow) => boolean {
	const matches = matcherOf(filter);
	return (row) =>
		matches(row) &&
		!(faultsOnly && (row.verdict === 'ok' || row.verdict === undefined || row.ignored)) &&
		(kinds === undefined || kinds.includes(row.subject.kind));
}

/** What a filter marks in the texts that it lets through; undefined where it marks nothing. */
export function markOf(filter: string): RegExp | undefined {
	const {form, text} = parse(filter);
	return form !== 'regex' || text === '' ? undefined : patternOf(text);
}

/** Whether a filter is no valid regular expression: its letters are looked for as they stand. */
export function isTakenLiterally(filter: string): boolean {
	const {form, text} = parse(filter);
	return (form === 'regex' || form === 'inverse') && regexOf(text) === undefined;
}

type Parsed = {readonly form: 'regex' | 'inverse' | 'fuzzy' | 'labels'; readonly text: string};

function parse(filter: string): Parsed {
	const flag = /^-(?<letter>[fl])(?:\s+|$)(?<text>.*)$/u.exec(filter);
	if (flag?.groups) {
		return {form: flag.groups['letter'] === 'f' ? 'fuzzy' : 'labels', text: flag.groups['text'] ?? ''};
	}

	return filter.startsWith('!') ? {form: 'inverse', text: filter.slice(1)} : {form: 'regex', text: filter};
}

function matcherOf(filter: string): (row: EntryRow) => boolean {
	const {form, text} = parse(filter);
	if (text === '') {
		return () => true;
	}

	switch (form) {
		case 'regex':
		case 'inverse': {
			const pattern = patternOf(text);
			return (row) => textsOf(row).some((each) => pattern.test(each)) === (form === 'regex');
		}

		case 'fuzzy': {
			const pattern = new RegExp(
				Array.from(text.replaceAll(' ', ''), (letter) => escapeRegex(letter)).join('.*'),
				'iu',
			);
			return (row) => textsOf(row).some((each) => pattern.test(each));
		}

		case 'labels': {
			const wanted = text
				.split(',')
				.map((pair) => pair.trim().split('='))
				.filter(([key]) => key !== '');
			return ({labels = {}}) =>
				wanted.every(([key = '', value]) =>
					value === undefined ? Object.hasOwn(labels, key) : (labels[key] ?? '').startsWith(value),
				);
		}
	}
}

/** Half-typed patterns such as `a(` are taken literally: the list must not vanish under the typing. */
function patternOf(text: string): RegExp {
	return regexOf(text) ?? new RegExp(escapeRegex(text), 'i');
}

function regexOf(text: string): RegExp | undefined {
	try {
		return new RegExp(text, 'i');
	} catch {
		return undefined;
	}
}

/** What a row shows. */
function textsOf(row: EntryRow): readonly string[] {
	return [row.title, row.namespace, row.verdict ?? '', noteOf(row), row.cause ?? '', row.causeName ?? ''];
}
