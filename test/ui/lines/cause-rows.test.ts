import {expect, test} from 'vitest';
import {fittingCauseRows} from '../../../source/ui/lines/cause-rows.ts';
import type {Cause} from '../../../source/view/causes.ts';
import {unicodeGlyphs as glyphs} from '../../../source/view/text/glyphs.ts';
import {plainText} from '../../../source/view/text/line.ts';

const causes = ['A', 'B', 'C', 'D'].map((letter): Cause => ({
	letter,
	id: letter,
	code: 'KNET501',
	name: 'selector-matches-no-pods',
	text: `The selector app=${letter.toLowerCase()}pii of Service ${letter} matches none of the 14 pods.`,
	verdict: 'broken',
	entries: 2,
}));

function rows(most: number): readonly string[] {
	return fittingCauseRows(causes, most, {width: 46, glyphs}).map((line) => plainText(line).trimEnd());
}

test('of many causes the first stand whole, as far as there are rows', () => {
	const six = rows(6);
	expect(six).toHaveLength(6);
	expect(six.slice(0, 4).join('\n')).not.toContain('…');
	expect(six[4]).toContain(' C ✗ selector-matches-no-pods');
	expect(rows(8).join('\n')).not.toContain('…');
	expect(rows(3).slice(0, 2)).toEqual(six.slice(0, 2));
});
