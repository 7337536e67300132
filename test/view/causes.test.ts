import {expect, test} from 'vitest';
import type {EntryRow} from '../../source/session/state.ts';
import {causesOf} from '../../source/view/causes.ts';

const router = 'Service api has no port 8080 (the client gets 503). It has 80.';
const ingress = 'Service api has no port 8080: the client gets 503. It has 80.';

function row(id: string, cause: string, symptom: EntryRow['symptom']): EntryRow {
	const subject = {kind: 'Ingress', namespace: 'shop', name: id} as const;
	const entry = {id, title: id, namespace: 'shop', target: id, subject};
	return {...entry, verdict: 'broken', rootCause: 'KNET411', cause, causeId: 'api', symptom};
}

test.each([router, ingress])('a cause of entries with one answer says it: %s', (text) => {
	const rows = [row('a', text, 'http-503'), row('b', text, 'http-503')];
	expect(causesOf(rows).map((cause) => cause.text)).toEqual([text]);
});

test.each([router, ingress])('a cause of entries with different answers says none of them: %s', (text) => {
	const rows = [row('a', text, 'http-503'), row('b', text, 'http-404')];
	expect(causesOf(rows).map((cause) => cause.text)).toEqual(['Service api has no port 8080. It has 80.']);
});

test('a cause of entries with different answers says none before a name that may be meant', () => {
	const text = 'Prefix / of Ingress web sends to Service shop/api, which does not exist';
	const hint = 'did you mean apis?';
	const rows = [
		row('a', `${text}: the client gets 503; ${hint}`, 'http-503'),
		row('b', `${text}: the client gets 404; ${hint}`, 'http-404'),
	];
	expect(causesOf(rows).map((cause) => cause.text)).toEqual([`${text}; ${hint}`]);
});
