import type {CatalogueEntry} from '../path/catalogue-entry.ts';
import {hopNames} from './text/words.ts';

/** Every finding on one page of Markdown, for `source/findings.md` (`npm run docs`). */
export function findingsPage(catalogue: Readonly<Record<string, CatalogueEntry>>): string {
	const entries = Object.values(catalogue).toSorted((a, b) => (a.code < b.code ? -1 : 1));
	return [
		'# Findings',
		'',
		'What knet can say, by code. Codes are stable: none is ever used again for something else.',
		'Made from the catalogues in `source/path/<hop>/catalogue.ts` by `npm run docs`; `knet explain CODE` prints the same offline.',
		'A severity is the usual one: the text says where a situation makes it another.',
		'',
		'| code | slug | severity | hop | what it says |',
		'|---|---|---|---|---|',
		...entries.map(
			(entry) =>
				`| [${entry.code}](#${anchorOf(entry)}) | ${entry.slug} | ${entry.severity} | ${hopName(entry)} | ${escaped(entry.title)} |`,
		),
		'',
		...entries.flatMap(sectionOf),
	].join('\n');
}

function sectionOf(entry: CatalogueEntry): readonly string[] {
	const {code, slug, severity, title, what, why, see, remedy} = entry;
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
		`*How to fix it.* ${escaped(remedy)}`,
		'',
	];
}

function hopName({hop}: CatalogueEntry): string {
	return hop === 'any' ? 'any' : hopNames[hop];
}

/** As GitHub makes it from the heading. */
function anchorOf({code, slug}: CatalogueEntry): string {
	return `${code.toLowerCase()}-${slug}`;
}

function escaped(text: string): string {
	return text.replaceAll(/[\\*_[\]<>|]/gu, String.raw`\$&`);
}
