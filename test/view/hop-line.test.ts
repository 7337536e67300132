import {expect, test} from 'vitest';
import type {Hop} from '../../source/path/hop.ts';
import {foldedLine} from '../../source/view/hop-line.ts';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {plainText} from '../../source/view/text/line.ts';
import {apiTrace} from '../helpers/shop-traces.ts';

const skipped = (kind: Hop['kind'], summary: string, isBehindBreak?: true): Hop => ({
	kind,
	status: 'skipped',
	basis: 'objects',
	summary,
	isBehindBreak,
	findings: [],
});
const hops = [
	skipped('load-balancer', 'not on the way from inside'),
	skipped('endpoints', 'not reached', true),
	skipped('kube-proxy', 'not reached: no such port', true),
	skipped('network-policy', 'no endpoints to reach', true),
];

test.each([
	[
		170,
		'not on the way: Load balancer (not on the way from inside); not reached: Endpoints, kube-proxy, NetworkPolicy',
	],
	[100, 'not on the way: Load balancer; not reached: Endpoints, kube-proxy, NetworkPolicy'],
	[62, 'not on the way: LB; not reached: Endp, Proxy, Policy'],
])('hops behind the break are told from those that a request never passes, in %i columns', (width, text) => {
	const line = foldedLine(hops, undefined, {
		width,
		selected: false,
		focused: false,
		path: apiTrace.paths[0]!,
		now: 0,
		glyphs: unicodeGlyphs,
	});
	expect(plainText(line).trim()).toBe(`· ${text}`);
});

test.each([
	[100, 'Load balancer: not on the way from inside; also Endpoints, kube-proxy, NetworkPolicy'],
	[72, 'Load balancer: not on the way from inside; also Endp, Proxy, Policy'],
	[50, 'Load balancer: not on the way from inside'],
])('beside the folded hop that is looked at the others are named, in %i columns', (width, text) => {
	const line = foldedLine(hops, hops[0], {
		width,
		selected: true,
		focused: true,
		path: apiTrace.paths[0]!,
		now: 0,
		glyphs: unicodeGlyphs,
	});
	expect(plainText(line).trim()).toBe(`❯· ${text}`);
});
