import {catalogue} from '../../../source/path/catalogue.ts';
import {describe, expect, test} from 'vitest';
import type {Entry, Trace} from '../../../source/path/report.ts';
import {entryRow} from '../../../source/session/snapshot-views/entry-row.ts';
import {apiTrace, now, webTrace} from '../../helpers/shop-traces.ts';
import {finding} from '../../../source/path/finding.ts';

const entry: Entry = {
	id: 'Ingress/shop/site/app.example.com/api',
	title: 'app.example.com/api',
	namespace: 'shop',
	target: 'https://app.example.com/api',
	subject: {kind: 'Ingress', namespace: 'shop', name: 'site'},
};

const [webPath] = webTrace.paths;

const waiting: Trace = {
	...webTrace,
	verdict: 'unknown',
	paths: [
		{
			...webPath!,
			verdict: 'unknown',
			hops: [
				{
					kind: 'endpoints',
					status: 'unknown',
					basis: 'objects',
					summary: 'not read yet',
					findings: [
						finding(catalogue['KNET902']!, {
							message: 'EndpointSlices are not read yet.',
							evidence: [],
							remedy: 'Wait.',
						}),
					],
				},
			],
		},
	],
};

/** The watches are down for so long that nothing is known any more. */
const stale: Trace = {
	...waiting,
	paths: waiting.paths.map((path) => ({
		...path,
		hops: path.hops.map((hop) => ({
			...hop,
			findings: [
				finding(catalogue['KNET903']!, {
					message: 'EndpointSlices are as they were 12s ago.',
					evidence: [],
					remedy: 'Wait.',
				}),
			],
		})),
	})),
};

describe('the row of an entry', () => {
	test('says what the client sees, and the root cause in a sentence', () => {
		expect(entryRow(entry, apiTrace, undefined, {now})).toMatchObject({
			verdict: 'broken',
			symptom: 'http-503',
			brokenAt: 'endpoints',
			rootCause: 'KNET702',
			cause: expect.stringMatching(/^The readiness probe of container app fails/),
			ready: {ready: 0, total: 2},
		});
	});

	test('counts ready endpoints of all that last', () => {
		expect(entryRow(entry, webTrace, undefined, {now})).toMatchObject({
			verdict: 'ok',
			ready: {ready: 3, total: 3},
		});
	});

	test('has no verdict before the lists are there', () => {
		expect(entryRow(entry, undefined, undefined, {now})).toEqual(entry);
		expect(entryRow(entry, waiting, undefined, {now})).toEqual(entry);
	});

	test('keeps its verdict while a list is read anew', () => {
		const before = entryRow(entry, webTrace, undefined, {now});
		expect(entryRow(entry, waiting, before, {now: now + 1})).toEqual(before);
	});

	test('says when its verdict changed, and from what', () => {
		const before = entryRow(entry, webTrace, undefined, {now});
		const broken = entryRow(entry, apiTrace, before, {now: now + 5000});
		expect(broken.changed).toEqual({at: now + 5000, was: 'ok'});
		expect(entryRow(entry, apiTrace, broken, {now: now + 9000}).changed).toEqual({at: now + 5000, was: 'ok'});
	});

	test('has its time back when the cluster answers again as before', () => {
		const healthy = entryRow(entry, webTrace, undefined, {now});
		const broken = entryRow(entry, apiTrace, healthy, {now: now + 5000});
		const silent = entryRow(entry, stale, broken, {now: now + 60_000});
		expect(silent).toMatchObject({
			verdict: 'unknown',
			causeId: 'KNET903',
			changed: {at: now + 60_000, was: 'broken'},
		});
		const longer = entryRow(entry, stale, silent, {now: now + 90_000});
		expect(entryRow(entry, apiTrace, longer, {now: now + 99_000}).changed).toEqual({
			at: now + 5000,
			was: 'ok',
		});
		expect(entryRow(entry, webTrace, longer, {now: now + 99_000}).changed).toEqual({
			at: now + 99_000,
			was: 'broken',
			before: [{at: now + 5000, was: 'ok'}],
		});
	});

	test('says what was ready before the cluster went silent, though the old endpoints are still shown', () => {
		const staleHops = stale.paths[0]!.hops;
		const hops = [...webPath!.hops.map((hop) => ({...hop, status: 'unknown' as const})), ...staleHops];
		const shown = {...stale, paths: [{...stale.paths[0]!, hops}]};
		const healthy = entryRow(entry, webTrace, undefined, {now});
		const silent = entryRow(entry, shown, healthy, {now: now + 60_000});
		expect(silent).toMatchObject({verdict: 'unknown', causeId: 'KNET903', readyBefore: {ready: 3, total: 3}});
		expect(entryRow(entry, shown, silent, {now: now + 90_000}).readyBefore).toEqual({ready: 3, total: 3});
		expect(entryRow(entry, webTrace, silent, {now: now + 99_000}).readyBefore).toBeUndefined();
	});

	test('that never changed has not changed because the cluster was silent', () => {
		const healthy = entryRow(entry, webTrace, undefined, {now});
		const silent = entryRow(entry, stale, healthy, {now: now + 60_000});
		expect(entryRow(entry, webTrace, silent, {now: now + 90_000}).changed).toBeUndefined();
	});

	test('has not changed when it gets its first verdict', () => {
		const before = entryRow(entry, waiting, undefined, {now});
		expect(entryRow(entry, apiTrace, before, {now: now + 1}).changed).toBeUndefined();
	});

	test('names what is undecided where nothing is known to be wrong', () => {
		const forbidden = finding(catalogue['KNET901']!, {
			message: 'Pods may not be listed.',
			evidence: [],
			remedy: 'Ask.',
		});
		const hops = waiting.paths[0]!.hops.map((hop) => ({...hop, findings: [forbidden]}));
		const trace = {...waiting, paths: [{...waiting.paths[0]!, hops}]};
		expect(entryRow(entry, trace, undefined, {now})).toMatchObject({
			verdict: 'unknown',
			rootCause: 'KNET901',
			cause: 'Pods may not be listed.',
			forbidden: true,
		});
	});
});
