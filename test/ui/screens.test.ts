import {afterEach, describe, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {keys} from '../helpers/terminal.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

describe('at 80×24', () => {
	test('lists the entries, worst first, with what is wrong with the one under the cursor', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		expect(await explorer.until('KNET702')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop           DNS 2/2  ingress 2/2  nodes 3/3   ● live  02:30
			╭ Entries 7 ━━━━━━━━───────────────────────────────────── 2 broken by 1 cause ─╮
			│   ENTRY                SEES        CAUSE                                     │
			│❯✗ app.example.com/api  503         A The readiness probe of container app fa…│
			│ ✗ svc/api:80           refused     A                                         │
			│ ! svc/web:80           2/3                                                   │
			│ ? svc/billing:443      forbidden   B Pods may not be listed in namespace sho…│
			│ ✓ app.example.com/     3/3                                                   │
			│ … svc/cache:6379                                                             │
			│ ✓ svc/db:5432          1/1                                                   │
			├ ✗ https://app.example.com/api ───────────────────── broken, client sees 503 ─┤
			│ cause  Pods: The readiness probe of container app fails: HTTP probe failed   │
			│        with statuscode: 500 (GET :8080/healthz).                             │
			│ ✓DNS ✓LB ✓Ctrl ✓Route ✓Svc ✗Endp ·Proxy ·Policy❯✗Pods                        │
			│ ✗ KNET702 error  readiness-probe-failing  ◂ root cause                       │
			│   → Ask the application why /healthz answers 500; its log says more.         │
			│   $ kubectl -n shop logs api-7d9f-x2 -c app --tail=50                        │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
			 ↑↓ move  ⏎ open  b broken hop  t test  / filter  : go to  ? keys  q quit"
		`);
	});

	test('opens the path, on the hop with the root cause', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(keys.enter);
		expect(await explorer.until('traffic stops here')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop › app.example.com/api             DNS 2/2   ● live  02:30
			╭ ✗ https://app.example.com/api ━━━━━━━━───────────── broken, client sees 503 ─╮
			│ cause  Pods: The readiness probe of container app fails: HTTP probe failed   │
			│        with statuscode: 500 (GET :8080/healthz).                             │
			│ ✓ DNS            app.example.com → 203.0.113.10                     seen 40s │
			│ ✓ Load balancer  traefik  203.0.113.10:443                                   │
			│ ✓ Controller     2/2 ready  class traefik                                    │
			│ ✓ Route          Ingress site  Prefix /api → api:80                          │
			│ ✓ Service        api  ClusterIP 10.96.12.4:80 → 8080                         │
			│ ✗ Endpoints      api  0 of 3 ready                      ◂ traffic stops here │
			│❯✗ Pods           3 running, 0 ready                             ◂ root cause │
			│ · not on the way: kube-proxy, NetworkPolicy                                  │
			├ Pods  broken ────────────────────────────────────────────── from objects  ↓ ─┤
			│ ✗ KNET702 error  readiness-probe-failing  ◂ root cause                       │
			│   → Ask the application why /healthz answers 500; its log says more.         │
			│   $ kubectl -n shop logs api-7d9f-x2 -c app --tail=50                        │
			│                                                                              │
			│ POD          STATE                    TARGET            RESTARTS  NODE       │
			│ api-7d9f-x2  ✗ readiness probe fails  10.244.1.7:8080          0  node-a     │
			│ api-7d9f-k8  ✗ readiness probe fails  10.244.2.9:8080          2  node-b     │
			│ api-7d9f-zz  ✗ terminating            10.244.2.10:8080         0  node-b     │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
			 ↑↓ hop  ⏎ detail  b broken hop  t test  : go to  l log  c copy  ? keys  q back"
		`);
	});

	test('gives the detail the whole screen, with the path as a strip above', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET702');
		explorer.type(`${keys.enter}${keys.enter}r`);
		expect(await explorer.until('←→ hop')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop › app.example.com/api › Pods      DNS 2/2   ● live  02:30
			╭ ✗ https://app.example.com/api ───────────────────── broken, client sees 503 ─╮
			│ cause  Pods: The readiness probe of container app fails: HTTP probe failed   │
			│        with statuscode: 500 (GET :8080/healthz).                             │
			│ ✓DNS ✓LB ✓Ctrl ✓Route ✓Svc ✗Endp ·Proxy ·Policy❯✗Pods                        │
			├ Pods  broken ━━━━━━━━───────────────────────────────────────── from objects ─┤
			│ ✗ KNET702 error  readiness-probe-failing  ◂ root cause                       │
			│   → Ask the application why /healthz answers 500; its log says more.         │
			│   $ kubectl -n shop logs api-7d9f-x2 -c app --tail=50                        │
			│                                                                              │
			│ POD          STATE                    TARGET            RESTARTS  NODE       │
			│ api-7d9f-x2  ✗ readiness probe fails  10.244.1.7:8080          0  node-a     │
			│ api-7d9f-k8  ✗ readiness probe fails  10.244.2.9:8080          2  node-b     │
			│ api-7d9f-zz  ✗ terminating            10.244.2.10:8080         0  node-b     │
			│                                                                              │
			│ Decided from                                                                 │
			│   Event/shop/api-7d9f-x2.1788  message = Readiness probe failed: HTTP probe  │
			│     failed with statuscode: 500                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
			 ↑↓ scroll  ←→ hop  b broken hop  t test  : go to  l log  c copy  ? keys  q back"
		`);
	});
});

test('shows entries, path and detail side by side at 120×30', async () => {
	explorer = openExplorer({columns: 120, rows: 30});
	expect(await explorer.until('10.244.2.10')).toMatchInlineSnapshot(`
		" knet  prod-eu › shop  DNS 2/2  ingress 2/2  nodes 3/3  kube-proxy 3/3  policies Calico   ● live  6 kinds synced  02:30
		╭ Entries 7 ━━━━━━━━─────── 2 broken by 1 cause ─╮╭ ✗ https://app.example.com/api ─────────── broken, client sees 503 ─╮
		│   ENTRY                SEES                    ││ cause  Pods: The readiness probe of container app fails: HTTP      │
		│❯✗ app.example.com/api  503         A           ││        probe failed with statuscode: 500 (GET :8080/healthz).      │
		│ ✗ svc/api:80           refused     A           ││ ✓ DNS            app.example.com → 203.0.113.10           seen 40s │
		│ ! svc/web:80           2/3                     ││ ✓ Load balancer  traefik  203.0.113.10:443                         │
		│ ? svc/billing:443      forbidden   B           ││ ✓ Controller     2/2 ready  class traefik                          │
		│ ✓ app.example.com/     3/3                     ││ ✓ Route          Ingress site  Prefix /api → api:80                │
		│ … svc/cache:6379                               ││ ✓ Service        api  ClusterIP 10.96.12.4:80 → 8080               │
		│ ✓ svc/db:5432          1/1                     ││ ✗ Endpoints      api  0 of 3 ready            ◂ traffic stops here │
		├ Causes 2 ──────────────────────────── entries ─┤│›✗ Pods           3 running, 0 ready                   ◂ root cause │
		│ A ✗ The readiness probe of container app     2 ││ · not on the way: kube-proxy, NetworkPolicy                        │
		│     fails: HTTP probe failed with              │├ Pods  broken ─────────────────────────────────────── from objects ─┤
		│     statuscode: 500.                           ││ ✗ KNET702 error  readiness-probe-failing  ◂ root cause             │
		│ B ? Pods may not be listed in namespace      1 ││   → Ask the application why /healthz answers 500; its log says     │
		│     shop.                                      ││     more.                                                          │
		│                                                ││   $ kubectl -n shop logs api-7d9f-x2 -c app --tail=50              │
		│                                                ││                                                                    │
		│                                                ││ POD         STATE               TARGET            RESTARTS  NODE   │
		│                                                ││ api-…9f-x2  ✗ readiness probe…  10.244.1.7:8080          0  node-a │
		│                                                ││ api-…9f-k8  ✗ readiness probe…  10.244.2.9:8080          2  node-b │
		│                                                ││ api-…9f-zz  ✗ terminating       10.244.2.10:8080         0  node-b │
		│                                                ││                                                                    │
		│                                                ││ Decided from                                                       │
		│                                                ││   Event/shop/api-7d9f-x2.1788  message = Readiness probe failed:   │
		│                                                ││     HTTP probe failed with statuscode: 500                         │
		│                                                ││                                                                    │
		│                                                ││                                                                    │
		╰────────────────────────────────────────────────╯╰────────────────────────────────────────────────────────────────────╯
		 ↑↓ move  ⏎ open  ←→ hop  b broken hop  t test  / filter  : go to  n namespace  ? keys  q quit"
	`);
});

test('fills 160×50', async () => {
	explorer = openExplorer({columns: 160, rows: 50});
	const screen = await explorer.until('Decided from');
	expect(screen.split('\n')).toHaveLength(50);
	expect(screen.split('\n')[48]).toMatch(/^╰─+╯╰─+╯$/);
});

test('is one list at a time at 50×15', async () => {
	explorer = openExplorer({columns: 50, rows: 15});
	const entries = await explorer.until('svc/db:5432');
	explorer.type(keys.enter);
	const path = await explorer.until('stops here');
	explorer.type(keys.enter);
	const detail = await explorer.until('KNET702');
	expect([entries, path, detail].join('\n\n')).toMatchInlineSnapshot(`
		" knet  prod-eu › shop     DNS 2/2   ● live  02:30
		 Entries 7                     2 broken by 1 cause
		   ENTRY                SEES
		❯✗ app.example.com/api  503         A
		 ✗ svc/api:80           refused     A
		 ! svc/web:80           2/3
		 ? svc/billing:443      forbidden   B
		 ✓ app.example.com/     3/3
		 … svc/cache:6379
		 ✓ svc/db:5432          1/1

		 cause  Pods: The readiness probe of container
		        app fails: HTTP probe failed with
		        statuscode: 500 (GET :8080/healthz).
		 ↑↓ move  ⏎ open  b broken hop  ? keys  q quit

		 knet  prod-eu › shop › app.example.com/a… ● live
		 ✗ https://app.example.com/api                 503
		 cause  Pods: The readiness probe of container
		        app fails: HTTP probe failed with
		        statuscode: 500 (GET :8080/healthz).
		 ✓ DNS            app.example.com → 203.0.113.10
		 ✓ Load balancer  traefik  203.0.113.10:443
		 ✓ Controller     2/2 ready  class traefik
		 ✓ Route          Ingress site  Prefix /api → api…
		 ✓ Service        api  ClusterIP 10.96.12.4:80 → …
		 ✗ Endpoints      api  0 of 3 ready  ◂ stops here
		❯✗ Pods           3 running, 0 ready ◂ root cause
		 · not on the way: kube-proxy, NetworkPolicy

		 ↑↓ hop  ⏎ detail  b broken hop  ? keys  q back

		 knet  prod-eu › shop › app.example.com/a… ● live
		 Pods  broken                      from objects  ↓
		 ✗ KNET702 error  readiness-probe-failing  ◂
		   → Ask the application why /healthz answers
		     500; its log says more.
		   $ kubectl -n shop logs api-7d9f-x2 -c app
		     --tail=50

		 POD         STATE               TARGET
		 api-…9f-x2  ✗ readiness probe…  10.244.1.7:8080
		 api-…9f-k8  ✗ readiness probe…  10.244.2.9:8080
		 cause  Pods: The readiness probe of container
		        app fails: HTTP probe failed with
		        statuscode: 500 (GET :8080/healthz).
		 ↑↓ scroll  ←→ hop  b broken hop  ? keys  q back"
	`);
});

describe('a screen', () => {
	test('of 200×60 says causes whole', async () => {
		explorer = openExplorer({columns: 200, rows: 60});
		expect(await explorer.until('KNET702')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop                                                                                  DNS 2/2  ingress 2/2  nodes 3/3  kube-proxy 3/3  policies Calico   ● live  6 kinds synced  02:30
			╭ Entries 7 ━━━━━━━━───────────────────────────────────────── 2 broken by 1 cause ─╮╭ ✗ https://app.example.com/api ───────────────────────────────────────────────────────── broken, client sees 503 ─╮
			│   ENTRY                SEES        CAUSE                                         ││ cause  Pods: The readiness probe of container app fails: HTTP probe failed with statuscode: 500 (GET             │
			│❯✗ app.example.com/api  503         A The readiness probe of container app fails:…││        :8080/healthz).                                                                                           │
			│ ✗ svc/api:80           refused     A                                             ││ ✓ DNS            app.example.com → 203.0.113.10                                 seen 40s                         │
			│ ! svc/web:80           2/3                                                       ││ ✓ Load balancer  traefik  203.0.113.10:443                                                                       │
			│ ? svc/billing:443      forbidden   B Pods may not be listed in namespace shop.   ││ ✓ Controller     2/2 ready  class traefik                                                                        │
			│ ✓ app.example.com/     3/3                                                       ││ ✓ Route          Ingress site  Prefix /api → api:80                                                              │
			│ … svc/cache:6379                                                                 ││ ✓ Service        api  ClusterIP 10.96.12.4:80 → 8080                                                             │
			│ ✓ svc/db:5432          1/1                                                       ││ ✗ Endpoints      api  0 of 3 ready                                  ◂ traffic stops here                         │
			├ Causes 2 ────────────────────────────────────────────────────────────── entries ─┤│›✗ Pods           3 running, 0 ready                                         ◂ root cause                         │
			│ A ✗ The readiness probe of container app fails: HTTP probe failed with         2 ││ · not on the way: kube-proxy (Traefik sends to endpoints itself), NetworkPolicy (no policy selects these pods)   │
			│     statuscode: 500.                                                             │├ Pods  broken ───────────────────────────────────────────────────────────────────────────────────── from objects ─┤
			│ B ? Pods may not be listed in namespace shop.                                  1 ││ ✗ KNET702 error  readiness-probe-failing  ◂ root cause                                                           │
			├ Cluster ──────────────────────────────────────────────────────────────── :pulse ─┤│   → Ask the application why /healthz answers 500; its log says more.                                             │
			│ ✓ DNS         kube-dns 2/2 ready                                                 ││   $ kubectl -n shop logs api-7d9f-x2 -c app --tail=50                                                            │
			│ ✓ ingress     Traefik 2/2                                                        ││                                                                                                                  │
			│ ✓ nodes       3/3 ready                                                          ││ POD          STATE                    TARGET            RESTARTS  NODE                                           │
			│ ✓ kube-proxy  iptables 3/3                                                       ││ api-7d9f-x2  ✗ readiness probe fails  10.244.1.7:8080          0  node-a                                         │
			│ ✓ policies    Calico enforces NetworkPolicies, 3/3 ready                         ││ api-7d9f-k8  ✗ readiness probe fails  10.244.2.9:8080          2  node-b                                         │
			│                                                                                  ││ api-7d9f-zz  ✗ terminating            10.244.2.10:8080         0  node-b                                         │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││ Decided from                                                                                                     │
			│                                                                                  ││   Event/shop/api-7d9f-x2.1788  message = Readiness probe failed: HTTP probe failed with statuscode: 500          │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  │├ DNS  ok ─────────────────────────────────────────────────────────────────────────────────────────────────────────┤
			│                                                                                  ││ NAME             TYPE  EXPECTED      OBSERVED      BY             TOOK  AGE                                      │
			│                                                                                  ││ app.example.com  A     203.0.113.10  203.0.113.10  this machine  12 ms  40s                                      │
			│                                                                                  │├ Route  ok ───────────────────────────────────────────────────────────────────────────────────────────────────────┤
			│                                                                                  ││ matched        Ingress shop/site  rules[0].paths[0]                                                              │
			│                                                                                  ││ host           app.example.com                                                                                   │
			│                                                                                  ││ path           Prefix /api                                                                                       │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││ BACKEND   SERVICE PORT  WEIGHT  SHARE                                                                            │
			│                                                                                  ││ shop/api  80                 1   100%                                                                            │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││ OTHER RULE         HOST             PATH      LOSES BECAUSE                                                      │
			│                                                                                  ││ Ingress shop/site  app.example.com  Prefix /  /api is longer                                                     │
			│                                                                                  │├ Service  ok ─────────────────────────────────────────────────────────────────────────────────────────────────────┤
			│                                                                                  ││ type           ClusterIP                                                                                         │
			│                                                                                  ││ cluster IP     10.96.12.4                                                                                        │
			│                                                                                  ││ service port   80/TCP  http                                                                                      │
			│                                                                                  ││ target port    8080                                                                                              │
			│                                                                                  ││ selector       app=api                                                                                           │
			│                                                                                  ││ routed by      app.example.com/api                                                                               │
			│                                                                                  │├ Endpoints  broken ───────────────────────────────────────────────────────────────────────────────────────────────┤
			│                                                                                  ││ ADDRESS      TARGET PORT  READY          POD          NODE    ZONE                                               │
			│                                                                                  ││ 10.244.1.7   8080         ✗ not ready    api-7d9f-x2  node-a  eu-1a                                              │
			│                                                                                  ││ 10.244.2.9   8080         ✗ not ready    api-7d9f-k8  node-b  eu-1b                                              │
			│                                                                                  ││ 10.244.2.10  8080         · terminating  api-7d9f-zz  node-b  eu-1b                                              │
			│                                                                                  ││                                                                                                                  │
			│                                                                                  ││ slices         api-x7k2p                                                                                         │
			╰──────────────────────────────────────────────────────────────────────────────────╯╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
			 ↑↓ move  ⏎ open  ←→ hop  b broken hop  t test  / filter  : go to  n namespace  ? keys  q quit"
		`);
	});

	test('of 60×15 keeps the beginning of the cause above the hops', async () => {
		explorer = openExplorer({columns: 60, rows: 15});
		expect(await explorer.until('cause  ')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop  DNS 2/2  ingress 2/2   ● live  02:30
			╭ Entries 7 ━━━━━━━━─────────────── 2 broken by 1 cause ↓ ─╮
			│   ENTRY                SEES        CAUSE                 │
			│❯✗ app.example.com/api  503         A The readiness probe…│
			│ ✗ svc/api:80           refused     A                     │
			│ ! svc/web:80           2/3                               │
			│ ? svc/billing:443      forbidden   B Pods may not be lis…│
			│ ✓ app.example.com/     3/3                               │
			├ ✗ https://app.example.com/api ───────────────────── 503 ─┤
			│ cause  Pods: The readiness probe of container app fails: │
			│        HTTP probe failed with statuscode: 500 (GET       │
			│        :8080/healthz).                                   │
			│ ✓DNS ✓LB ✓Ctrl ✓Route ✓Svc ✗Endp ·Proxy ·Policy❯✗Pods    │
			╰──────────────────────────────────────────────────────────╯
			 ↑↓ move  ⏎ open  b broken hop  / filter  ? keys  q quit"
		`);
		explorer.type(keys.enter);
		expect(await explorer.until('stops here')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop › app.example.com/api   ● live  02:30
			╭ ✗ https://app.example.com/api ━━━━━━━━───────────── 503 ─╮
			│ cause  Pods: The readiness probe of container app fails: │
			│        HTTP probe failed with statuscode: 500 (GET       │
			│        :8080/healthz).                                   │
			│ ✓ DNS            app.example.com → 203.0.113.10          │
			│ ✓ Load balancer  traefik  203.0.113.10:443               │
			│ ✓ Controller     2/2 ready  class traefik                │
			│ ✓ Route          Ingress site  Prefix /api → api:80      │
			│ ✓ Service        api  ClusterIP 10.96.12.4:80 → 8080     │
			│ ✗ Endpoints      api  0 of 3 ready  ◂ traffic stops here │
			│❯✗ Pods           3 running, 0 ready         ◂ root cause │
			│ · not on the way: kube-proxy, NetworkPolicy              │
			╰──────────────────────────────────────────────────────────╯
			 ↑↓ hop  ⏎ detail  b broken hop  : go to  ? keys  q back"
		`);
	});

	test('of 30×8 says the cause, and where traffic stops', async () => {
		explorer = openExplorer({columns: 30, rows: 8});
		expect(await explorer.until('cause')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop  ● live
			 Entrie… 2 broken by 1 cause ↓
			❯✗ app.e…om/api  503         A
			 ✗ svc/api:80    refused     A
			 ! svc/web:80    2/3
			 Pods: The readiness probe of
			 container app fails: HTTP p…
			 ↑↓ move  ? keys  q quit"
		`);
		explorer.type(keys.enter);
		expect(await explorer.until('Endp')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop… ● live
			 ✗ https:/…com/api      503  ↑
			 readiness-probe-failing: Th…
			 ✓ Svc    api  ClusterIP 10.9…
			 ✗ Endp   api  0 of 3 ready ◂
			❯✗ Pods   3 running, 0 rea… ◂
			 · not on the way: Proxy, Pol…
			 ↑↓ hop  ? keys  q back"
		`);
	});
});

describe('from 1×1 to 30×8', () => {
	test.each([
		[1, 1],
		[10, 3],
		[20, 5],
		[30, 8],
	])('stays within %i×%i', async (columns, rows) => {
		explorer = openExplorer({columns, rows});
		const screen = await explorer.until((text) => text !== '');
		expect(screen.split('\n').length).toBeLessThanOrEqual(rows);
	});
});
