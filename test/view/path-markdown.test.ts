import {expect, test} from 'vitest';
import {pathMarkdown} from '../../source/view/path-markdown.ts';
import {apiPath, apiTrace, now, selectorChange} from '../helpers/shop-traces.ts';

test('a summary in Markdown names objects, cause, cluster, since when, and the command that shows the same', () => {
	const source = {kind: 'live', context: 'prod-eu', cluster: 'prod-eu'} as const;
	expect(pathMarkdown(apiTrace, apiPath, {source, now, since: now - 252_000})).toMatchInlineSnapshot(`
		"**https://app.example.com/api**: broken, client sees 503 for 4m (since 2026-03-14 02:25:51 UTC) (from outside)

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

test('changes stand in the order of the times that are named', () => {
	const change = selectorChange;
	const changes = [
		{...change, who: {manager: 'helm', at: now - 60_000}},
		{...change, id: 2, at: now - 2000, object: {...change.object, name: 'api'}},
	];
	const summary = pathMarkdown(apiTrace, apiPath, {source: {kind: 'live'}, now, changes});
	expect(summary.match(/Service shop\/\w+  selector.*$/gmu)?.map((row) => row.split(' ')[1])).toEqual([
		'shop/api',
		'shop/web',
	]);
});
