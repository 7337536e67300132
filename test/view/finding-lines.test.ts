import {expect, test} from 'vitest';
import {findingLines} from '../../source/view/detail/finding-lines.ts';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {plainText} from '../../source/view/text/line.ts';
import {apiPath, now} from '../helpers/shop-traces.ts';

const found = apiPath.hops.find(({kind}) => kind === 'pod')!.findings[0]!;

test.each([
	[76, '✗ KNET702 error  readiness-probe-failing  ◂ root cause'],
	[52, '✗ KNET702 error  readiness-probe-failing  ◂ cause'],
	[44, '✗ KNET702 error  readiness-probe-failing  ◂'],
])('in %i columns a finding is marked as the root cause, apart from its name', (width, head) => {
	const [line] = findingLines(found, true, {width, now, glyphs: unicodeGlyphs});
	expect(plainText(line!)).toBe(head);
});
