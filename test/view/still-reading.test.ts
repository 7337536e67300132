import {expect, test} from 'vitest';
import {accessFinding} from '../../source/path/access.ts';
import type {Path} from '../../source/path/report.ts';
import {causeLines} from '../../source/view/cause-lines.ts';
import {hopDetail, hopTitle} from '../../source/view/detail/hop-detail.ts';
import {hopLine} from '../../source/view/hop-line.ts';
import {verdictNotes} from '../../source/view/path-title.ts';
import {unicodeGlyphs as glyphs} from '../../source/view/text/glyphs.ts';
import {plainText} from '../../source/view/text/line.ts';
import {now, webTrace} from '../helpers/shop-traces.ts';

/** The path to web while the list of its endpoints is on its way, or fails. */
function pathWhile(reason?: string): Path {
	const path = webTrace.paths[0]!;
	const found = accessFinding('EndpointSlice', 'shop', {state: 'connecting', reason})!;
	const hops = path.hops.map((hop) =>
		hop.kind === 'endpoints' ? {...hop, status: 'unknown' as const, findings: [found]} : hop,
	);
	return {...path, verdict: 'unknown', hops};
}

test('a path whose lists are on their way names them, without a cause and without alarm', () => {
	const path = pathWhile();
	const hop = path.hops.find(({kind}) => kind === 'endpoints')!;
	const options = {width: 60, now, glyphs, path, selected: false, focused: false};
	expect(causeLines(path, {width: 80, glyphs})).toEqual([]);
	expect(verdictNotes(path, {now, glyphs}).map(plainText)).toEqual([
		'reading EndpointSlice objects',
		'reading',
	]);
	expect(plainText(hopLine(hop, options)).trim()).toBe('… Endpoints      still being read');
	expect(plainText(hopTitle(hop))).toBe('Endpoints  reading');
	const tones = [hopLine(hop, options), hopTitle(hop), ...hopDetail(hop, path, options)].flatMap((line) =>
		line.map(({tone}) => tone),
	);
	expect(tones).not.toContain('unknown');
});

test('a list that fails is a cause', () => {
	const path = pathWhile('connection refused');
	expect(causeLines(path, {width: 200, glyphs}).map(plainText).join(' ')).toContain('connection refused');
	expect(plainText(verdictNotes(path, {now, glyphs})[0]!)).toBe('unknown');
});
