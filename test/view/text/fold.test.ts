import {expect, test} from 'vitest';
import {fold} from '../../../source/view/text/fold.ts';
import {plainText, span, type Line} from '../../../source/view/text/line.ts';

function folded(...line: Line): readonly string[] {
	return fold([line], 60).map(plainText);
}

test('prose goes on below where it began', () => {
	const message = span('  Deployment api is behind Service api and is scaled to 0 replicas.');
	expect(folded(span('  KNET502 error', 'broken'), message)).toEqual([
		'  KNET502 error  Deployment api is behind Service api and is',
		'                 scaled to 0 replicas.',
	]);
	expect(folded(span('      Scale it up, unless it was scaled down on purpose: all else is well.'))).toEqual([
		'      Scale it up, unless it was scaled down on purpose: all',
		'      else is well.',
	]);
});

test('commands stay in one piece', () => {
	const command = '      $ kubectl -n shop scale deployment/api --replicas=1 --timeout=60s';
	expect(folded(span(command, 'accent'))).toEqual([command]);
});

test('what fits, and what begins beyond a third, stays as it is', () => {
	expect(folded(span('all is well'))).toEqual(['all is well']);
	const late = ['a title of more than a third', ', and why: a text of as many columns again'] as const;
	expect(folded(span(late[0]), span(late[1]))).toEqual([late.join('')]);
	expect(folded()).toEqual(['']);
});
