import type {EntryRow} from '../session/state.ts';
import {noteOf} from '../view/entry-line.ts';

/** Whether an entry is shown. `/` filters as k9s does: a regular expression, or with `!` what does not match. */
export function filterOf(text: string, faultsOnly: boolean): (row: EntryRow) => boolean {
	const matches = matcherOf(text);
	return (row) => matches(row) && !(faultsOnly && (row.verdict === 'ok' || row.verdict === undefined));
}

function matcherOf(text: string): (row: EntryRow) => boolean {
	const inverse = text.startsWith('!');
	const wanted = inverse ? text.slice(1) : text;
	if (wanted === '') {
		return () => true;
	}

	const pattern = patternOf(wanted);
	return (row) => pattern.test(haystack(row)) !== inverse;
}

/** Half-typed patterns such as `a(` are taken literally: the list must not vanish under the typing. */
function patternOf(text: string): RegExp {
	try {
		return new RegExp(text, 'i');
	} catch {
		return new RegExp(text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`), 'i');
	}
}

function haystack(row: EntryRow): string {
	const {kind, name} = row.subject;
	return [row.title, row.namespace, row.verdict ?? '', noteOf(row), row.rootCause ?? '', kind, name].join(
		' ',
	);
}
