import type {KnownController} from '../path/controller/known-controllers.ts';

/** What is known of each controller on one page of Markdown, for `source/controllers.md` (`npm run docs`). */
export function controllersPage(controllers: readonly KnownController[]): string {
	return [
		'# Controllers',
		'',
		'What knet knows of each controller. Made from the records in `source/rules/controllers/` by `npm run docs`;',
		'`knet explain --controllers` prints the same offline. What is not known makes `unknown`, never a guess.',
		'',
		'| controller | serves | settings beside its flags | Ingress answers | Gateway answers | not known | sources |',
		'|---|---|---|---|---|---|---|',
		...controllers.map(
			({name, serves, settings = '', answers, unknown, sources}) =>
				`| ${[name, serves.join(', '), escaped(settings), ...[answers.ingress, answers.gateway, unknown, sources].map(cell)].map((text) => text.replaceAll('|', String.raw`\|`)).join(' | ')} |`,
		),
		'',
	].join('\n');
}

function cell(items: readonly string[] | undefined): string {
	return items?.map(escaped).join('<br>') ?? '';
}

function escaped(text: string): string {
	return text.replaceAll(/[\\*_[\]<>]/gu, String.raw`\$&`);
}

/** The same as text, a block each. */
export function controllersText(controllers: readonly KnownController[]): string {
	return controllers
		.map(({name, serves, settings, answers, unknown, annotations, sources}) =>
			[
				`${name}  (${serves.join(', ')})`,
				...row('Ingress', answers.ingress?.join(', ')),
				...row('Gateway', answers.gateway?.join(', ')),
				...row('settings', settings),
				...row('annotations', annotations.map((prefix) => `${prefix}…`).join(', ')),
				...unknown.flatMap((text) => row('not known', text)),
				...sources.flatMap((text) => row('source', text)),
				'',
			].join('\n'),
		)
		.join('\n');
}

function row(name: string, text: string | undefined): readonly string[] {
	return text ? [`  ${name.padEnd(12)} ${text}`] : [];
}
