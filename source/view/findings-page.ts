import type {CatalogueEntry} from '../path/catalogue-entry.ts';
import {hopNames} from './words.ts';

/** Every finding on one page of Markdown, for `source/findings.md` (`npm run docs`). */
export function findingsPage(catalogue: Readonly<Record<string, CatalogueEntry>>): string {
	const entries = Object.entries(catalogue).toSorted(([a], [b]) => (a < b ? -1 : 1));
	return [
		'# Findings',
		'',
		'What knet can say, by code. Codes are stable: none is ever used again for something else.',
		'Made from the catalogue in `source/path/findings` by `npm run docs`; `knet explain CODE` prints the same offline.',
		'A severity is the usual one: the text says where a situation makes it another.',
		'',
		'| code | slug | severity | hop | what it says |',
		'|---|---|---|---|---|',
		...entries.map(
			([code, entry]) =>
				`| [${code}](#${anchorOf(code, entry)}) | ${entry.slug} | ${entry.severity} | ${hopName(entry)} | ${escaped(entry.title)} |`,
		),
		'',
		...entries.flatMap(([code, entry]) => sectionOf(code, entry)),
	].join('\n');
}

function sectionOf(code: string, entry: CatalogueEntry): readonly string[] {
	const {slug, severity, title, what, why, see, mend} = entry;
	return [
		`## ${code} ${slug}`,
		'',
		`**${escaped(title)}** (${severity}${entry.hop === 'any' ? '' : `, at ${hopName(entry)}`})`,
		'',
		escaped(what),
		'',
		`*Why it matters.* ${escaped(why)}`,
		'',
		`*How to see it by hand.* ${escaped(see)}`,
		'',
		`*How to mend it.* ${escaped(mend)}`,
		'',
	];
}

function hopName({hop}: CatalogueEntry): string {
	return hop === 'any' ? 'any' : hopNames[hop];
}

/** As GitHub makes it from the heading. */
function anchorOf(code: string, {slug}: CatalogueEntry): string {
	return `${code.toLowerCase()}-${slug}`;
}

function escaped(text: string): string {
	return text.replaceAll(/[\\*_[\]<>|]/gu, String.raw`\$&`);
}
