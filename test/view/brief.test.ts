import {expect, test} from 'vitest';
import type {ScanPath, ScanReport} from '../../source/view/report/report.ts';
import {scanBrief} from '../../source/view/report/brief.ts';

function brokenPath(name: string, message: string): ScanPath {
	const finding = {code: 'KNET501', severity: 'error', message};
	return {
		verdict: 'broken',
		rootCause: 'KNET501',
		hops: [{findings: [finding]}],
		target: {kind: 'url', text: name, namespace: 'shop'},
	} as unknown as ScanPath;
}

function scanOf(paths: readonly ScanPath[]): ScanReport {
	return {verdict: 'broken', paths, notChecked: []} as unknown as ScanReport;
}

test('a cause that several paths share is told once', () => {
	const paths = ['a', 'b', 'c'].map((name) => brokenPath(`http://${name}/`, 'No pod has app=web.'));
	expect(scanBrief(scanOf([...paths, brokenPath('svc/x:80', 'No pod has app=x.')]))).toBe(
		[
			'4 paths, broken: 4 broken',
			'broken http://a/, http://b/ and 1 more: KNET501 No pod has app=web.',
			'broken svc/x:80: KNET501 No pod has app=x.',
		].join('\n'),
	);
});

test('rows that have no room are counted, and narrower questions are named', () => {
	const paths = Array.from({length: 100}, (_, at) => brokenPath(`svc/s${at}:80`, `No pod has app=s${at}.`));
	const text = scanBrief(scanOf(paths));
	expect(text.length).toBeLessThanOrEqual(1200);
	const shown = text.split('\n').filter((line) => line.startsWith('broken ')).length;
	expect(text).toContain(`\nand ${100 - shown} more that are not ok: give a namespace or a selector`);
});
