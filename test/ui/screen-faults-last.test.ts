import {expect, test} from 'vitest';
import {hopDetail} from '../../source/view/detail/hop-detail.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {plainText} from '../../source/view/line.ts';
import {verdictNotes} from '../../source/view/path-pane.ts';
import {pathMarkdown} from '../../source/view/path-markdown.ts';
import type {Hop} from '../../source/path/hop.ts';
import {apiTrace, now} from '../helpers/shop-traces.ts';

const path = apiTrace.paths[0]!;

test('F8: an answer stands in the row of its own name and type', () => {
	const observed = (resolver: string, data: readonly string[]) => ({
		resolver,
		rcode: 'NOERROR',
		answers: data.map((each) => ({name: 'app.example.com', type: 'A', data: each})),
		ms: 53,
		at: now - 12_000,
	});
	const hop: Hop = {
		...path.hops.find(({kind}) => kind === 'dns')!,
		findings: [],
		details: {
			queries: [
				{
					name: 'app.example.com',
					type: 'AAAA',
					expected: {rcode: 'NOERROR', answers: []},
					observed: [observed('machine', [])],
				},
				{
					name: 'app.example.com',
					type: 'A',
					expected: {rcode: 'NOERROR', answers: [{name: 'app.example.com', type: 'A', data: '203.0.113.10'}]},
					observed: [observed('machine', ['203.0.113.10'])],
				},
			],
			search: [],
		},
	};
	const lines = hopDetail(hop, path, {width: 90, now, glyphs: unicodeGlyphs}).map(plainText);
	expect(lines.find((line) => line.includes('no records  '))).toMatch(/AAAA/u);
	expect(lines.find((line) => /203\.0\.113\.10 {2}203/u.test(line))).toMatch(/app\.example\.com {2}A /u);
	expect(lines[0]).toMatch(/TOOK {2,}AGE/u);
});

test('F26: a summary names objects, cause, cluster, since when, and the command that shows the same', () => {
	const text = pathMarkdown(apiTrace, path, {
		source: {kind: 'live', context: 'prod-eu', cluster: 'prod-eu'},
		now,
		since: now - 240_000,
	});
	expect(text).toMatchInlineSnapshot(`
		"**https://app.example.com/api**: broken, client sees 503 for 4m (since 2026-03-14 02:26:03 UTC) (from outside)

		**Cause**, at Pods: The readiness probe of container app fails: HTTP probe failed with statuscode: 500 (GET :8080/healthz). (KNET702)

		Ask the application why /healthz answers 500; its log says more.

		\`\`\`sh
		kubectl -n shop logs api-7d9f-x2 -c app --tail=50
		\`\`\`

		| hop | status | |
		|---|---|---|
		| DNS | ok | app.example.com → 203.0.113.10 |
		| Load balancer | ok | Service ingress/traefik: 203.0.113.10:443 |
		| Controller | ok | Deployment ingress/traefik: 2/2 ready  class traefik |
		| Route | ok | Ingress shop/site: Prefix /api → api:80 |
		| Service | ok | Service shop/api: ClusterIP 10.96.12.4:80 → 8080 |
		| Endpoints | broken | Service shop/api: 0 of 3 ready **traffic stops here** |
		| Pods | broken | 3 running, 0 ready **root cause** |

		**KNET503** 3 pods match app=api and none of them is Ready, so nothing behind the Service takes requests. Mend what keeps the pods from being Ready: see the Pods hop.

		\`\`\`sh
		kubectl -n shop get pods -l app=api -o wide
		\`\`\`

		_knet, 2026-03-14 02:30:03 UTC, cluster prod-eu: \`knet trace https://app.example.com/api --context prod-eu\`_
		"
	`);
});

test('the answers of a repeated test stay in the title however little room there is', () => {
	const answers = [
		{at: now - 60_000, text: '200', level: 'well'},
		{at: now - 30_000, text: '503', level: 'unwell'},
		{at: now, text: 'timeout', level: 'silent'},
	] as const;
	const canary = {every: 30_000, answers};
	const notes = verdictNotes(path, {now, since: now - 240_000, canary, glyphs: unicodeGlyphs});
	expect(notes.map(plainText)).toEqual([
		'broken, client sees 503 for 4m, seen timeout now █▅▁',
		'503 for 4m, seen timeout now █▅▁',
		'503, seen timeout now █▅▁',
		'503 for 4m █▅▁',
		'503 █▅▁',
	]);
});
