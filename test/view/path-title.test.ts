import {expect, test} from 'vitest';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {plainText} from '../../source/view/text/line.ts';
import {verdictNotes} from '../../source/view/path-title.ts';
import {firstHop, worstPath} from '../../source/view/first-shown.ts';
import {apiPath, now, webTrace} from '../helpers/shop-traces.ts';

const webPath = webTrace.paths[0]!;

test('the first hop to look at is that of the root cause, or what is not well', () => {
	expect(apiPath.hops[firstHop(apiPath)]?.kind).toBe('pod');
	expect(firstHop(webPath)).toBe(0);
	const degraded = {
		...webPath,
		hops: webPath.hops.map((hop) => (hop.kind === 'pod' ? {...hop, status: 'degraded' as const} : hop)),
	};
	expect(degraded.hops[firstHop(degraded)]?.kind).toBe('pod');
});

test('of several paths the worst comes first', () => {
	expect(worstPath([webPath, apiPath, apiPath])).toBe(1);
	expect(worstPath([])).toBe(0);
});

test('the answers of a repeated test stay in the title however little room there is', () => {
	const turns = [
		{at: now - 60_000, text: '200', level: 'well'},
		{at: now - 30_000, text: '503', level: 'unwell'},
		{at: now, text: 'timeout', level: 'silent'},
	] as const;
	const notes = verdictNotes(apiPath, {now, since: now - 240_000, turns, glyphs: unicodeGlyphs});
	expect(notes.map(plainText)).toEqual([
		'broken, client sees 503 for 4m, seen timeout now █▅▁',
		'503 for 4m, seen timeout now █▅▁',
		'503, seen timeout now █▅▁',
		'503 for 4m █▅▁',
		'503 █▅▁',
	]);
});
