import {commandEntry, commandNames, explorer} from '../commands/command-table.ts';
import {environment} from '../commands/environment.ts';
import {exitCodes, sectionsOf, type HelpSection} from '../commands/help.ts';
import {version} from '../version.ts';

/** `man knet`, from the tables that help reads. Source of the form: man(7) of groff. */
export function manPage(): string {
	return [
		`.TH KNET 1 "" "knet ${version}" "User Commands"`,
		'.SH NAME',
		text('knet - a request for this name should reach a container; where does it stop?'),
		'.SH SYNOPSIS',
		...[explorer, ...commandNames.map(commandEntry)].flatMap(({usage}) => ['.B knet', text(usage), '.br']),
		'.SH DESCRIPTION',
		...paragraphs([explorer.summary, ...(explorer.about ?? [])]),
		...sectionsOf('explore', 'knet')
			.filter(({title}) => title !== exitCodes.title)
			.flatMap((section) => block('.SH', section)),
		'.SH COMMANDS',
		...commandNames.flatMap((name) => {
			const {usage, summary, about = []} = commandEntry(name);
			const sections = sectionsOf(name, 'knet').filter(({title}) => ['Flags', 'Examples'].includes(title));
			return [
				`.SS "knet ${text(usage)}"`,
				...paragraphs([summary, ...about]),
				...sections.flatMap((each) => block('.B', each)),
			];
		}),
		...block('.SH', exitCodes),
		...block('.SH', {title: 'Environment', rows: Object.entries(environment)}),
		'',
	].join('\n');
}

function block(macro: '.SH' | '.B', {title, rows, lines = []}: HelpSection): readonly string[] {
	return [
		...(macro === '.B' ? ['.PP'] : []),
		`${macro} "${text(macro === '.SH' ? title.toUpperCase() : title)}"`,
		...rows.flatMap(([left, right]) => ['.TP', `.B "${text(left).replaceAll('"', '\\(dq')}"`, text(right)]),
		...lines.flatMap((line) => ['.PP', text(line)]),
	];
}

function paragraphs(all: readonly string[]): readonly string[] {
	return all.flatMap((each) => ['.PP', text(each)]);
}

/** A backslash, a dash and a dot at the beginning of a line mean something to troff. */
function text(words: string): string {
	return words
		.replaceAll('\\', '\\e')
		.replaceAll('-', String.raw`\-`)
		.replace(/^(?=[.'])/u, String.raw`\&`);
}
