import {expect, test} from 'vitest';
import {causeInOneRow} from '../../source/view/causes.ts';

const text =
	'The cluster DNS kube-system/kube-dns has no ready endpoint: every name look-up of every pod fails.';
const cause = {letter: 'A', id: 'a', code: 'KNET122', verdict: 'broken', entries: 2, text} as const;
const name = 'cluster-dns-has-no-endpoints';

test.each([
	[120, text],
	[70, text],
	[44, `${name}: ${text}`],
	[30, name],
])('a cause in %i columns is a sentence that says what is wrong, else its short name', (width, said) => {
	expect(causeInOneRow({...cause, name}, width)).toBe(said);
});
