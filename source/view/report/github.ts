import type {Found} from './found.ts';

const levels = {error: 'error', warning: 'warning', info: 'notice'} as const;

/** Findings as GitHub's workflow commands: annotations of the run, on the line of the object where a file holds it. */
export function githubText(found: readonly Found[]): string {
	return found.map((each) => `${annotationOf(each)}\n`).join('');
}

function annotationOf({finding, object, position, titles}: Found): string {
	const {code, slug, severity, undecided, message, remedy, command, ignored} = finding;
	const level = undecided || ignored !== undefined ? 'notice' : levels[severity];
	const properties = [
		...(position ? [`file=${property(position.file)}`, `line=${position.line}`] : []),
		`title=${property(`${code} ${slug}${object === '' ? '' : `, ${object}`}`)}`,
	];
	const lines = [
		`${message}${ignored === undefined ? '' : ` (ignored: ${ignored})`}`,
		remedy,
		...(command ? [`$ ${command}`] : []),
		`On the way of ${titles.join(', ')}`,
	];
	return `::${level} ${properties.join(',')}::${data(lines.join('\n'))}`;
}

// How the runner reads them back: actions/runner, ActionCommand.
function data(text: string): string {
	return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
	return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
