import {hopNames, symptomText} from '../text/words.ts';
import type {JudgedPath} from './found.ts';

/** Paths as a JUnit report, a case each. Form: the schema of Jenkins' JUnit plugin, which GitLab and others read too. */
export function junitText(paths: readonly JudgedPath[], at: string): string {
	const byNamespace = Map.groupBy(paths, ({target}) => target.namespace ?? '');
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites name="knet"${countsOf(paths)}>`,
		...[...byNamespace].flatMap(([namespace, cases]) => [
			`  <testsuite name="${attribute(namespace || 'cluster')}" timestamp="${attribute(at.slice(0, 19))}"${countsOf(cases)} skipped="${count(cases, 'ignored')}">`,
			...cases.flatMap((path) => caseLines(path, namespace)),
			'  </testsuite>',
		]),
		'</testsuites>',
		'',
	].join('\n');
}

function countsOf(cases: readonly JudgedPath[]): string {
	return ` tests="${cases.length}" failures="${count(cases, 'failed')}" errors="${count(cases, 'undecided')}"`;
}

function count(cases: readonly JudgedPath[], outcome: JudgedPath['outcome']): number {
	return cases.filter((path) => path.outcome === outcome).length;
}

/** An error is what could not be told; a case whose findings are all ignored is skipped. */
const elements = {failed: 'failure', undecided: 'error', ignored: 'skipped'} as const;

function caseLines(path: JudgedPath, namespace: string): readonly string[] {
	const head = `    <testcase classname="${attribute(namespace || 'cluster')}" name="${attribute(nameOf(path))}"`;
	const {outcome} = path;
	if (outcome === 'passed') {
		return [`${head}/>`];
	}

	const element = elements[outcome];
	const text = escaped(findingText(path));
	const opening =
		outcome === 'ignored'
			? `<${element}>`
			: `<${element} type="${attribute(path.rootCause ?? path.verdict)}" message="${attribute(messageOf(path))}">`;
	return [`${head}>`, `      ${opening}${text}</${element}>`, '    </testcase>'];
}

/** Two frontends may serve one URL: the controller tells them apart. */
function nameOf({title, hops}: JudgedPath): string {
	const front = hops.find(({kind, status}) => kind === 'controller' && status !== 'skipped')?.subject;
	return front ? `${title} (${front.kind} ${front.name})` : title;
}

function messageOf({verdict, brokenAt, symptom}: JudgedPath): string {
	const where = brokenAt ? ` at ${hopNames[brokenAt]}` : '';
	return `${verdict}${where}${symptom ? `: the client sees ${symptomText(symptom)}` : ''}`;
}

/** The root cause first: a list of failed tests shows the first line only. */
function findingText({hops, rootCause}: JudgedPath): string {
	return hops
		.flatMap(({findings}) => findings)
		.filter(({severity, undecided}) => severity !== 'info' || undecided)
		.toSorted((a, b) => Number(b.code === rootCause) - Number(a.code === rootCause))
		.map(({code, message, remedy, command, ignored}) =>
			[
				`${code} ${message}${ignored === undefined ? '' : ` (ignored: ${ignored})`}`,
				`  ${remedy}`,
				...(command ? [`  $ ${command}`] : []),
			].join('\n'),
		)
		.join('\n');
}

/** XML 1.0 has no way to write control characters but these three. */
function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

function attribute(text: string): string {
	return escaped(text).replaceAll('"', '&quot;').replaceAll('\n', ' ');
}
