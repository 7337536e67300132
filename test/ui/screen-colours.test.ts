import {afterEach, expect, test} from 'vitest';
import {openExplorer, type OpenExplorer} from '../helpers/explorer.ts';
import {keys} from '../helpers/terminal.ts';

let explorer: OpenExplorer;

afterEach(async () => {
	await explorer.close();
});

test('says everything in ASCII and without colour', async () => {
	explorer = openExplorer({columns: 80, rows: 24, ascii: true, color: false});
	await explorer.until('KNET702');
	explorer.type(keys.enter);
	const screen = await explorer.until('traffic stops here');
	expect(screen).toMatch(/^[\n\u0020-\u007E]*$/);
	expect(screen).toMatchInlineSnapshot(`
		" knet  prod-eu > shop > app.example.com/api             DNS 2/2   * live  02:30
		+ x https://app.example.com/api ========------------- broken, client sees 503 -+
		| cause  Pods: The readiness probe of container app fails: HTTP probe failed   |
		|        with statuscode: 500 (GET :8080/healthz).                             |
		| + DNS            app.example.com > 203.0.113.10                     seen 40s |
		| + Load balancer  traefik  203.0.113.10:443                                   |
		| + Controller     2/2 ready  class traefik                                    |
		| + Route          Ingress site  Prefix /api > api:80                          |
		| + Service        api  ClusterIP 10.96.12.4:80 > 8080                         |
		| x Endpoints      api  0 of 3 ready                      < traffic stops here |
		|>x Pods           3 running, 0 ready                             < root cause |
		| - not on the way: kube-proxy, NetworkPolicy                                  |
		+ Pods  broken ---------------------------------------------- from objects  v -+
		| x KNET702 error  readiness-probe-failing  < root cause                       |
		|   > Ask the application why /healthz answers 500; its log says more.         |
		|   $ kubectl -n shop logs api-7d9f-x2 -c app --tail=50                        |
		|                                                                              |
		| POD          STATE                    TARGET            RESTARTS  NODE       |
		| api-7d9f-x2  x readiness probe fails  10.244.1.7:8080          0  node-a     |
		| api-7d9f-k8  x readiness probe fails  10.244.2.9:8080          2  node-b     |
		| api-7d9f-zz  x terminating            10.244.2.10:8080         0  node-b     |
		|                                                                              |
		+------------------------------------------------------------------------------+
		 up/down hop  enter detail  b broken hop  t test  : go to  l log  ? keys  q back"
	`);
	expect(explorer.colorOf('broken,')).toBe(-1);
});

test('colours a status with the 16 ANSI colours', async () => {
	explorer = openExplorer({columns: 80, rows: 24});
	await explorer.until('KNET702');
	expect(explorer.colorOf('broken, client')).toBe(1);
	expect(explorer.colorOf('3/3')).toBe(-1);
	expect(explorer.colorOf('● live')).toBe(2);
});

/** The looks of a row: what SGR sets, in order. */
function looksOf(writes: readonly string[], text: string): string {
	const row = writes
		.join('')
		.split('\n')
		.find((line) => line.includes(text));
	// eslint-disable-next-line no-control-regex
	return [
		...new Set(Array.from(row?.matchAll(/\u001B\[(?<look>\d+)m/gu) ?? [], ({groups}) => groups!['look'])),
	].join(' ');
}

test.each([
	['light', '35 1'],
	['mono', '1'],
	['colour-blind', '33 1'],
])('the %s theme draws what is degraded as SGR %s', async (theme, look) => {
	explorer = openExplorer({columns: 80, rows: 24, theme});
	await explorer.until('KNET702');
	const row = looksOf(explorer.writes, 'svc/web:80');
	for (const each of look.split(' ')) {
		expect(row.split(' ')).toContain(each);
	}
});

test.each([
	[true, '==='],
	[false, '━━━'],
])('what has the keys is told without any colour (ASCII: %s)', async (ascii, mark) => {
	explorer = openExplorer({columns: 120, rows: 30, ascii, color: false});
	await explorer.until('KNET702');
	const marked = (title: string): boolean =>
		explorer.screen().includes(`${title} ${mark}`) || explorer.screen().includes(`${title} 7 ${mark}`);
	expect([marked('Entries'), marked('app.example.com/api'), marked('broken')]).toEqual([true, false, false]);
	explorer.type(keys.tab);
	await explorer.until(ascii ? 'enter detail' : '⏎ detail');
	expect([marked('Entries'), marked('app.example.com/api'), marked('broken')]).toEqual([false, true, false]);
	explorer.type(keys.tab);
	await explorer.until('scroll');
	expect([marked('Entries'), marked('app.example.com/api'), marked('broken')]).toEqual([false, false, true]);
});
