import {UserError} from '../errors.ts';
import {catalogue} from '../path/catalogue.ts';
import type {CatalogueEntry} from '../path/catalogue-entry.ts';
import {nearest} from '../path/nearest.ts';
import type {Flags} from './flags/flags.ts';
import {linesInAscii} from '../view/text/ascii.ts';
import type {Terminal} from './output/terminal.ts';
import {wantsAscii} from './flags/wants-ascii.ts';
import {compareText} from '../model/matching/compare-text.ts';

/** `knet explain CODE`: a finding, offline. Also takes `503`, `knet503` or the slug; without a word it lists all codes. */
export async function explain(
	words: readonly string[],
	flags: Flags,
	{print, env}: Terminal,
): Promise<number> {
	const show = (text: string): void => print(wantsAscii(flags, env) ? linesInAscii(text) : text);
	if (flags.controllers) {
		if (words[0] !== undefined) {
			throw new UserError(
				`--controllers tells of all controllers, and ${words[0]} of one finding.`,
				'Leave one of them out.',
			);
		}

		show(await aboutControllers(flags));
		return 0;
	}

	const [word] = words;
	if (word === undefined) {
		show(listText());
		return 0;
	}

	const entry = entryOf(word);
	if (!entry) {
		const what = word.trim() === '' ? 'The CODE is empty.' : `There is no finding ${word}.`;
		throw new UserError(what, nextStep(word));
	}

	show(await formatted(entry, flags, () => explainText(entry)));
	return 0;
}

/** What is known of each controller, from its record. */
async function aboutControllers(flags: Flags): Promise<string> {
	const [{knownControllers}, {controllersText}] = await Promise.all([
		import('../path/controller/known-controllers.ts'),
		import('../view/controllers-page.ts'),
	]);
	const known = knownControllers();
	return formatted(known, flags, () => controllersText(known));
}

async function formatted(data: object, {output}: Flags, text: () => string): Promise<string> {
	if (output === 'json') {
		return `${JSON.stringify(data, undefined, 2)}\n`;
	}

	return output === 'yaml' ? (await import('./output/to-yaml.ts')).toYaml(data) : text();
}

function entryOf(word: string): CatalogueEntry | undefined {
	const digits = /^(?:knet-?)?(?<digits>\d{3})$/iu.exec(word)?.groups?.['digits'];
	return digits
		? catalogue[`KNET${digits}`]
		: Object.values(catalogue).find(({slug}) => slug === word.toLowerCase());
}

function nextStep(word: string): string {
	// Codes differ by digits alone: any other would be as near.
	const slugs = Object.values(catalogue).map(({slug}) => slug);
	const like = /\d/u.test(word) ? undefined : nearest(word.toLowerCase(), slugs)[0];
	return like
		? `Did you mean ${like}? knet explain lists all codes.`
		: 'knet explain, without a code, lists them all.';
}

function explainText({code, slug, severity, hop, title, what, why, see, remedy}: CatalogueEntry): string {
	return [
		`${code} ${slug} (${severity}${hop === 'any' ? '' : `, at the ${hop} hop`})`,
		title,
		'',
		'What',
		indented(what),
		'Why it matters',
		indented(why),
		'How to see it by hand',
		indented(see),
		'How to fix it',
		indented(remedy),
	].join('\n');
}

function indented(text: string): string {
	return `${text
		.split('\n')
		.flatMap((line) => wrapped(line))
		.map((line) => `  ${line}`)
		.join('\n')}\n`;
}

function wrapped(line: string): readonly string[] {
	const rows: string[] = [];
	let row = '';
	for (const word of line.split(' ')) {
		if (row !== '' && row.length + 1 + word.length > 78) {
			rows.push(row);
			row = word;
		} else {
			row = row === '' ? word : `${row} ${word}`;
		}
	}

	return [...rows, row];
}

function listText(): string {
	return Object.entries(catalogue)
		.toSorted(([a], [b]) => compareText(a, b))
		.map(([code, {slug, severity, title}]) => `${code}  ${severity.padEnd(8)} ${slug.padEnd(36)} ${title}\n`)
		.join('');
}
