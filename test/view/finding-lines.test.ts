import {expect, test} from 'vitest';
import {evidenceLines, findingLines} from '../../source/view/detail/finding-lines.ts';
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

test('of several objects of a kind that hold the same one is named', () => {
	const field = {path: 'status.conditions[Ready].status', value: 'False'};
	const objects = ['Pod/shop/api-1', 'Pod/shop/api-2', 'Node/node-a', 'Pod/shop/api-1'];
	const evidence = objects.map((object) => ({object, ...field}));
	const lines = evidenceLines([{...found, evidence}], {width: 76, now, glyphs: unicodeGlyphs});
	expect(lines.map(plainText)).toEqual([
		'Decided from',
		'  Pod/shop/api-1 and 1 more  status.conditions[Ready].status = False',
		'  Node/node-a  status.conditions[Ready].status = False',
	]);
});
