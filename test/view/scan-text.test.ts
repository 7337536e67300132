import {expect, test} from 'vitest';
import type {Hop} from '../../source/path/hop.ts';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {plainText} from '../../source/view/text/line.ts';
import {scanReport, type ScanPath} from '../../source/view/report/report.ts';
import {scanLines} from '../../source/view/report/scan-text.ts';

const metadata = {at: '2026-01-01T12:00:00.000Z', source: 'file', knetVersion: '0.0.0'} as const;

function path(title: string, controller: string, status: 'ok' | 'degraded'): ScanPath {
	const hop: Hop = {
		kind: 'controller',
		status,
		basis: 'objects',
		subject: {kind: 'IngressClass', name: controller},
		summary: '1 of 2 pods ready',
		findings: [],
	};
	return {
		title,
		verdict: status,
		hops: [hop],
		target: {kind: 'url', text: `http://${title}`, namespace: 'shop'},
	};
}

test('a row says by whom a URL is served that several serve, and why it is degraded', () => {
	const paths = [
		path('a.example.com/', 'nginx', 'degraded'),
		path('a.example.com/', 'traefik', 'ok'),
		path('b.example.com/', 'nginx', 'ok'),
	];
	const report = scanReport(
		{verdict: 'degraded', paths, notChecked: ['the process behind the port']},
		metadata,
	);
	const lines = scanLines(report, {glyphs: unicodeGlyphs, wide: false});
	expect(lines.map((line) => plainText(line).trimEnd())).toEqual([
		'! degraded  a.example.com/  by IngressClass nginx  1 of 2 pods ready',
		'✓ ok        a.example.com/  by IngressClass traefik',
		'✓ ok        b.example.com/',
		'',
		'3 paths: 1 degraded, 2 ok',
		'  not checked: the process behind the port',
	]);
});

test('a long URL does not run into the column beside it', () => {
	const long = `a.example.com/${'long/'.repeat(30)}`;
	const report = scanReport(
		{
			verdict: 'degraded',
			paths: [path(long, 'nginx', 'degraded'), path('b.example.com/', 'nginx', 'ok')],
			notChecked: [],
		},
		metadata,
	);
	const [first] = scanLines(report, {glyphs: unicodeGlyphs, wide: false}).map(plainText);
	expect(first).toMatch(/\/ {2}1 of 2 pods ready/u);
});

test('a scan of nothing says by which labels it looked', () => {
	const empty = {verdict: 'ok', paths: [], notChecked: [], namespace: 'shop', selector: 'app=nope'} as const;
	expect(scanLines(scanReport(empty, metadata), {glyphs: unicodeGlyphs, wide: false}).map(plainText)).toEqual(
		['No entries found in namespace shop whose object has the labels app=nope.'],
	);
});

test('of many things that were not checked six are named, and all with -o wide', () => {
	const notChecked = Array.from({length: 9}, (_, index) => `the certificate in Secret shop/s${index}`);
	const report = scanReport(
		{verdict: 'ok', paths: [path('a.example.com/', 'nginx', 'ok')], notChecked},
		metadata,
	);
	const last = (wide: boolean): string | undefined =>
		scanLines(report, {glyphs: unicodeGlyphs, wide}).map(plainText).at(-1);
	expect(last(false)).toBe(`  not checked: ${notChecked.slice(0, 6).join(', ')} and 3 more`);
	expect(last(true)).toBe(`  not checked: ${notChecked.join(', ')}`);
});
