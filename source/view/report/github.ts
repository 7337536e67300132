import type {Found} from './found.ts';

const levels = {error: 'error', warning: 'warning', info: 'notice'} as const;

/**
Findings as GitHub's workflow commands: annotations of the run, on the line of the object where a file holds it. Errors come
first: a run shows ten annotations of a step. An undecided finding that is ignored gets none.
*/
export function githubText(all: readonly Found[]): string {
	const found = all.filter(({finding: {ignored, undecided}}) => !undecided || ignored === undefined);
	const byLevel = Object.values(levels).map((level) => found.filter((each) => levelOf(each) === level));
	return byLevel.flatMap((each) => each.map((one) => `${annotationOf(one)}\n`)).join('');
}

function levelOf({finding: {severity, undecided, ignored}}: Found): string {
	return undecided || ignored !== undefined ? 'notice' : levels[severity];
}

function annotationOf(found: Found): string {
	const {finding, object, position, titles} = found;
	const {code, slug, message, remedy, command, ignored} = finding;
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
	return `::${levelOf(found)} ${properties.join(',')}::${data(lines.join('\n'))}`;
}

// How the runner reads them back: actions/runner, ActionCommand.
function data(text: string): string {
	return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
	return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
