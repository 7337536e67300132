import type {StringMatch} from '../../../model/routes/istio.ts';
import {testRegex} from '../../regex/regex.ts';
import {sampleText} from '../../regex/sample-text.ts';

const paths = ['', '/', '/a', '/1', 'a', '1', '/1/a', '/a/1', '/a/b/c'];
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const values = ['', 'a', '1', 'true', 'v1', '2.0'];

/** A path that fits. Undefined: none was found. */
export function samplePath(match: StringMatch | undefined): string | undefined {
	switch (match?.type) {
		case undefined:
		case 'present':
			return '/';
		case 'exact':
		case 'prefix':
			return match.value || '/';
		case 'regex': {
			const stem = `/${stemOf(match.value).replace(/^\//u, '')}`.replace(/\/$/u, '');
			return fitting(match.value, [stem || '/', ...paths.map((end) => `${stem}${end}`)].filter(Boolean));
		}
	}
}

export function sampleMethod(match: StringMatch | undefined): string | undefined {
	switch (match?.type) {
		case undefined:
		case 'present':
			return 'GET';
		case 'exact':
			return match.value;
		case 'prefix':
			return methods.find((method) => method.startsWith(match.value));
		case 'regex':
			return fitting(match.value, methods);
	}
}

export function sampleValue(match: StringMatch): string | undefined {
	const {type, value} = match;
	return type === 'regex'
		? fitting(value, [...values, ...values.map((end) => `${stemOf(value)}${end}`)])
		: value;
}

/** What a regular expression begins with, as far as it is plain text. */
function stemOf(pattern: string): string {
	return pattern.replace(/^\^/u, '').replace(/[()[\]{}*+?|^$\\.].*$/u, '');
}

function fitting(pattern: string, candidates: readonly string[]): string | undefined {
	return [...candidates, sampleText(pattern) ?? ''].find(
		(text) => testRegex(pattern, text, {whole: true}) === 'matches',
	);
}
