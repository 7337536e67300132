import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {catalogue} from '../../source/path/catalogue.ts';
import {findingsPage} from '../../source/view/findings-page.ts';

test('source/findings.md is what npm run docs makes of the catalogue', () => {
	const page = readFileSync(new URL('../../source/findings.md', import.meta.url), 'utf8');
	expect(page).toBe(findingsPage(catalogue));
});

test('Markdown of the texts is escaped', () => {
	const entry = {...catalogue['KNET503']!, title: 'a | b <c>', what: 'see *.example.com'};
	const page = findingsPage({KNET503: entry});
	expect(page).toContain(String.raw`| a \| b \<c\> |`);
	expect(page).toContain(String.raw`see \*.example.com`);
});
