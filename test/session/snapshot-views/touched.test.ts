import {expect, test} from 'vitest';
import type {Kind} from '../../../source/model/kinds.ts';
import type {Reads} from '../../../source/model/recording-snapshot.ts';
import {isTouched, touchedBy} from '../../../source/session/snapshot-views/touched.ts';

const reads: Reads = new Map<Kind, ReadonlySet<string>>([
	['Service', new Set(['shop'])],
	['Node', new Set([''])],
	['IngressClass', new Set([''])],
	['Pod', new Set(['shop', 'ingress'])],
]);

function notice(kinds: readonly Kind[], objects: readonly string[] = []) {
	return {kinds: new Set(kinds), objects: new Set(objects), evidence: false};
}

const never = () => false;

test.each<[string, boolean, readonly Kind[], readonly string[]]>([
	['an object of a namespace that was read', true, ['Service'], ['Service/shop/web']],
	['an object of another namespace', false, ['Service'], ['Service/other/web']],
	['a kind that was not read', false, ['Secret'], ['Secret/shop/tls']],
	['a cluster-scoped object', true, ['Node'], ['Node//node-a']],
	['a kind without objects', true, ['Pod'], []],
	['one of several', true, ['Service', 'Pod'], ['Service/other/web', 'Pod/ingress/traefik-1']],
])('%s matters: %s', (_, expected, kinds, objects) => {
	expect(isTouched(reads, touchedBy(notice(kinds, objects), never))).toBe(expected);
});

test('a kind whose state changed matters wherever it is read', () => {
	const touched = touchedBy(notice(['Service'], ['Service/other/web']), (kind) => kind === 'Service');
	expect(isTouched(reads, touched)).toBe(true);
});

test('who read all namespaces is touched by each', () => {
	const all: Reads = new Map([['Service', new Set(['*'])]]);
	expect(isTouched(all, touchedBy(notice(['Service'], ['Service/other/web']), never))).toBe(true);
});
