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
		expect(await explorer.until('KNET503')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop                          ● live  6 kinds synced  02:30:03 
			╭ Entries 7 ──────────────────────────────────────────────────────── 2 broken ─╮
			│❯✗ app.example.com/api  503           The readiness probe of container app fa…│
			│ ✗ svc/api:80           refused       The readiness probe of container app fa…│
			│ ! svc/web:80           2/3           1 of 3 endpoints is not ready.          │
			│ ? svc/billing:443      forbidden     Pods may not be listed in namespace sho…│
			│ ✓ app.example.com/     3/3                                                   │
			│ … svc/cache:6379                                                             │
			│ ✓ svc/db:5432          1/1                                                   │
			├ https://app.example.com/api ─────────────────────── broken, client sees 503 ─┤
			│ ✓DNS ✓LB ✓Ctrl ✓Route ✓Svc❯✗Endp ·Proxy ·Policy ✗Pods                        │
			│ ✗ KNET503 error  no-ready-endpoints                                          │
			│   3 pods match app=api and none of them is Ready, so nothing behind the      │
			│   Service takes requests.                                                    │
			│   → Mend what keeps the pods from being Ready: see the Pods hop.             │
			│   $ kubectl -n shop get pods -l app=api -o wide                              │
			│                                                                              │
			│ ADDRESS      TARGET PORT  READY          POD          NODE    ZONE           │
			│ 10.244.1.7   8080         ✗ not ready    api-7d9f-x2  node-a  eu-1a          │
			│ 10.244.2.9   8080         ✗ not ready    api-7d9f-k8  node-b  eu-1b          │
			│ 10.244.2.10  8080         · terminating  api-7d9f-zz  node-b  eu-1b          │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
			 ↑↓ move  ⏎ open  b broken hop  t test  / filter  : go to  ? keys  q quit"
		`);
	});

	test('opens the path, on the hop where traffic stops', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET503');
		explorer.type(keys.enter);
		expect(await explorer.until('traffic stops here')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop                          ● live  6 kinds synced  02:30:03 
			╭ https://app.example.com/api ─────────────────────── broken, client sees 503 ─╮
			│ from outside                                                                 │
			│ ✓ DNS            app.example.com → 203.0.113.10                     observed │
			│ ✓ Load balancer  traefik  203.0.113.10:443                                   │
			│ ✓ Controller     2/2 ready  class traefik                                    │
			│ ✓ Route          Ingress site  Prefix /api → api:80                          │
			│ ✓ Service        api  ClusterIP 10.96.12.4:80 → 8080                         │
			│❯✗ Endpoints      api  0 of 3 ready                      ◂ traffic stops here │
			│ · kube-proxy     Traefik sends to endpoints itself                           │
			│ · NetworkPolicy  no policy selects these pods                                │
			│ ✗ Pods           3 running, 0 ready                             ◂ root cause │
			├ Endpoints  broken ───────────────────────────────────────── from objects  ↓ ─┤
			│ ✗ KNET503 error  no-ready-endpoints                                          │
			│   3 pods match app=api and none of them is Ready, so nothing behind the      │
			│   Service takes requests.                                                    │
			│   → Mend what keeps the pods from being Ready: see the Pods hop.             │
			│   $ kubectl -n shop get pods -l app=api -o wide                              │
			│                                                                              │
			│ ADDRESS      TARGET PORT  READY          POD          NODE    ZONE           │
			│ 10.244.1.7   8080         ✗ not ready    api-7d9f-x2  node-a  eu-1a          │
			│ 10.244.2.9   8080         ✗ not ready    api-7d9f-k8  node-b  eu-1b          │
			╰──────────────────────────────────────────────────────────────────────────────╯
			 ↑↓ hop  ⏎ detail  b broken hop  r root cause  t test  : go to  ? keys  q back"
		`);
	});

	test('gives the detail the whole screen, with the path as a strip above', async () => {
		explorer = openExplorer({columns: 80, rows: 24});
		await explorer.until('KNET503');
		explorer.type(`${keys.enter}${keys.enter}r`);
		expect(await explorer.until('readiness-probe-failing')).toMatchInlineSnapshot(`
			" knet  prod-eu › shop                          ● live  6 kinds synced  02:30:03 
			╭ https://app.example.com/api ─────────────────────── broken, client sees 503 ─╮
			│ ✓DNS ✓LB ✓Ctrl ✓Route ✓Svc ✗Endp ·Proxy ·Policy❯✗Pods                        │
			├ Pods  broken ───────────────────────────────────────────────── from objects ─┤
			│ ✗ KNET702 error  readiness-probe-failing  ◂ root cause                       │
			│   The readiness probe of container app fails: HTTP probe failed with         │
			│   statuscode: 500 (GET :8080/healthz).                                       │
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
			 ↑↓ scroll  ←→ hop  b broken hop  r root cause  t test  : go to  ? keys  q back"
		`);
	});
});

test('shows entries, path and detail side by side at 120×30', async () => {
	explorer = openExplorer({columns: 120, rows: 30});
	expect(await explorer.until('api-x7k2p ')).toMatchInlineSnapshot(`
		" knet  prod-eu › shop                                                                  ● live  6 kinds synced  02:30:03 
		╭ Entries 7 ─────────────────── 2 broken ─╮╭ https://app.example.com/api ──────────────────── broken, client sees 503 ─╮
		│❯✗ app.example.com/api              503  ││ from outside                                                              │
		│ ✗ svc/api:80                   refused  ││ ✓ DNS            app.example.com → 203.0.113.10                  observed │
		│ ! svc/web:80                       2/3  ││ ✓ Load balancer  traefik  203.0.113.10:443                                │
		│ ? svc/billing:443            forbidden  ││ ✓ Controller     2/2 ready  class traefik                                 │
		│ ✓ app.example.com/                 3/3  ││ ✓ Route          Ingress site  Prefix /api → api:80                       │
		│ … svc/cache:6379                        ││ ✓ Service        api  ClusterIP 10.96.12.4:80 → 8080                      │
		│ ✓ svc/db:5432                      1/1  ││›✗ Endpoints      api  0 of 3 ready                   ◂ traffic stops here │
		│                                         ││ · kube-proxy     Traefik sends to endpoints itself                        │
		│                                         ││ · NetworkPolicy  no policy selects these pods                             │
		│                                         ││ ✗ Pods           3 running, 0 ready                          ◂ root cause │
		│                                         │├ Endpoints  broken ────────────────────────────────────── from objects  ↓ ─┤
		│                                         ││ ✗ KNET503 error  no-ready-endpoints                                       │
		│                                         ││   3 pods match app=api and none of them is Ready, so nothing behind the   │
		│                                         ││   Service takes requests.                                                 │
		│                                         ││   → Mend what keeps the pods from being Ready: see the Pods hop.          │
		│                                         ││   $ kubectl -n shop get pods -l app=api -o wide                           │
		│                                         ││                                                                           │
		│                                         ││ ADDRESS      TARGET PORT  READY          POD          NODE    ZONE        │
		│                                         ││ 10.244.1.7   8080         ✗ not ready    api-7d9f-x2  node-a  eu-1a       │
		│                                         ││ 10.244.2.9   8080         ✗ not ready    api-7d9f-k8  node-b  eu-1b       │
		│                                         ││ 10.244.2.10  8080         · terminating  api-7d9f-zz  node-b  eu-1b       │
		│                                         ││                                                                           │
		│                                         ││ slices         api-x7k2p                                                  │
		│                                         ││                                                                           │
		│                                         ││ Decided from                                                              │
		│                                         ││   EndpointSlice/shop/api-x7k2p  endpoints[0].conditions.ready = false     │
		╰─────────────────────────────────────────╯╰───────────────────────────────────────────────────────────────────────────╯
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
	const detail = await explorer.until('KNET503');
	expect([entries, path, detail].join('\n\n')).toMatchInlineSnapshot(`
		" knet  prod-eu › shop            ● live  02:30:03 
		 Entries 7                                2 broken
		❯✗ app.example.com/api                       503
		 ✗ svc/api:80                            refused
		 ! svc/web:80                                2/3
		 ? svc/billing:443                     forbidden
		 ✓ app.example.com/                          3/3
		 … svc/cache:6379
		 ✓ svc/db:5432                               1/1





		 ↑↓ move  ⏎ open  b broken hop  ? keys  q quit

		 knet  prod-eu › shop            ● live  02:30:03 
		 https://app.example.com/… broken, client sees 503
		 from outside
		 ✓ DNS            app.example.com → 203.0.113.10
		 ✓ Load balancer  traefik  203.0.113.10:443
		 ✓ Controller     2/2 ready  class traefik
		 ✓ Route          Ingress site  Prefix /api → api…
		 ✓ Service        api  ClusterIP 10.96.12.4:80 → …
		❯✗ Endpoints      api  0 of 3 ready  ◂ stops here 
		 · kube-proxy     Traefik sends to endpoints itse…
		 · NetworkPolicy  no policy selects these pods
		 ✗ Pods           3 running, 0 ready ◂ root cause 


		 ↑↓ hop  ⏎ detail  b broken hop  ? keys  q back

		 knet  prod-eu › shop            ● live  02:30:03 
		 Endpoints  broken                 from objects  ↓
		 ✗ KNET503 error  no-ready-endpoints
		   3 pods match app=api and none of them is
		   Ready, so nothing behind the Service takes
		   requests.
		   → Mend what keeps the pods from being Ready:
		     see the Pods hop.
		   $ kubectl -n shop get pods -l app=api -o wide

		 ADDRESS      TARGET PORT  READY          POD
		 10.244.1.7   8080         ✗ not ready    api…-x2
		 10.244.2.9   8080         ✗ not ready    api…-k8
		 10.244.2.10  8080         · terminating  api…-zz
		 ↑↓ scroll  ←→ hop  b broken hop  ? keys  q back"
	`);
});

test('says everything in ASCII and without colour', async () => {
	explorer = openExplorer({columns: 80, rows: 24, ascii: true, color: false});
	await explorer.until('KNET503');
	explorer.type(keys.enter);
	const screen = await explorer.until('traffic stops here');
	expect(screen).toMatch(/^[\n\u0020-\u007E]*$/);
	expect(screen).toMatchInlineSnapshot(`
		" knet  prod-eu > shop                          * live  6 kinds synced  02:30:03 
		+ https://app.example.com/api ----------------------- broken, client sees 503 -+
		| from outside                                                                 |
		| + DNS            app.example.com > 203.0.113.10                     observed |
		| + Load balancer  traefik  203.0.113.10:443                                   |
		| + Controller     2/2 ready  class traefik                                    |
		| + Route          Ingress site  Prefix /api > api:80                          |
		| + Service        api  ClusterIP 10.96.12.4:80 > 8080                         |
		|>x Endpoints      api  0 of 3 ready                      < traffic stops here |
		| - kube-proxy     Traefik sends to endpoints itself                           |
		| - NetworkPolicy  no policy selects these pods                                |
		| x Pods           3 running, 0 ready                             < root cause |
		+ Endpoints  broken ----------------------------------------- from objects  v -+
		| x KNET503 error  no-ready-endpoints                                          |
		|   3 pods match app=api and none of them is Ready, so nothing behind the      |
		|   Service takes requests.                                                    |
		|   > Mend what keeps the pods from being Ready: see the Pods hop.             |
		|   $ kubectl -n shop get pods -l app=api -o wide                              |
		|                                                                              |
		| ADDRESS      TARGET PORT  READY          POD          NODE    ZONE           |
		| 10.244.1.7   8080         x not ready    api-7d9f-x2  node-a  eu-1a          |
		| 10.244.2.9   8080         x not ready    api-7d9f-k8  node-b  eu-1b          |
		+------------------------------------------------------------------------------+
		 up/down hop  enter detail  b broken hop  r root cause  : go to  ? keys  q back"
	`);
	expect(explorer.colorOf('broken,')).toBe(-1);
});

test('colours a status with the 16 ANSI colours', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET503');
	expect(explorer.colorOf('broken, client')).toBe(1);
	expect(explorer.colorOf('3/3')).toBe(-1);
	expect(explorer.colorOf('● live')).toBe(2);
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
