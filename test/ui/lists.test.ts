import {describe, expect, test} from 'vitest';
import {filterOf} from '../../source/ui/typing/filter.ts';
import {isOutOfOrder, nextOrder as nextOrderBy, sorted} from '../../source/ui/order.ts';
import {windowTop} from '../../source/ui/window.ts';
import type {EntryRow} from '../../source/session/state.ts';
import {entries} from '../helpers/shop.ts';

const worst = {sort: 'worst', grouped: false} as const;
const worstFirst = (rows: readonly EntryRow[]) => sorted(rows, worst);
const nextOrder = (order: readonly string[], rows: readonly EntryRow[], resort: boolean) =>
	nextOrderBy(order, rows, {resort, by: worst});
const all = {faultsOnly: false};

function titles(rows: readonly EntryRow[]): readonly string[] {
	return rows.map(({title}) => title);
}

describe('the order of entries', () => {
	const order = worstFirst(entries).map(({id}) => id);

	test('is worst first, then by name', () => {
		expect(titles(worstFirst(entries))).toEqual([
			'app.example.com/api',
			'svc/api:80',
			'svc/web:80',
			'svc/billing:443',
			'app.example.com/',
			'svc/cache:6379',
			'svc/db:5432',
		]);
	});

	test('has the ports of a Service as the Service has them', () => {
		const subject = {kind: 'Service', namespace: 'kube-system', name: 'kube-dns'};
		const ports = ['svc/kube-dns:53/UDP', 'svc/kube-dns:53', 'svc/kube-dns:9153'].map((title) => ({
			...entries[0]!,
			id: title,
			title,
			subject,
			verdict: 'ok' as const,
		}));
		expect(titles(worstFirst([...ports, ...entries])).slice(-3)).toEqual(titles(ports));
	});

	test('stays as it is while it is read', () => {
		const healed = entries.map((row) => ({...row, verdict: 'ok' as const}));
		expect(nextOrder(order, healed, false)).toBe(order);
		expect(isOutOfOrder(order, healed, worst)).toBe(true);
	});

	test('takes in what is new, where it belongs', () => {
		const fresh = {...entries[0]!, id: 'fresh', title: 'b.example.com/'};
		expect(nextOrder(order, [...entries, fresh], false)[1]).toBe('fresh');
		const least = {...entries[5]!, id: 'least', title: 'svc/zebra:80'};
		expect(nextOrder(order, [...entries, least], false).at(-1)).toBe('least');
	});

	test('drops what is gone', () => {
		expect(nextOrder(order, entries.slice(1), false)).toEqual(order.filter((id) => id !== entries[0]!.id));
	});

	test('is made anew when asked for', () => {
		const healed = entries.map((row) => ({...row, verdict: 'ok' as const}));
		expect(nextOrder(order, healed, true)).toEqual(worstFirst(healed).map(({id}) => id));
		expect(nextOrder(order, entries, true)).toBe(order);
	});
});

const labelled = entries.map((row, position) => (position === 3 ? {...row, labels: {tier: 'front'}} : row));

describe('the filter', () => {
	test.each([
		['', 7],
		['svc', 5],
		['SVC', 5],
		['^app', 2],
		['!svc', 2],
		['!', 7],
		['503', 1],
		['broken', 2],
		['readiness probe', 2],
		['KNET901', 0],
		['Ingress', 0],
		['-f s/bi4', 1],
		['-f apex', 2],
		['-f a-b/(', 0],
		['-l tier=front', 1],
		['-l tier', 1],
		['-l tier=back', 0],
		['api(', 0],
		['svc/web:80', 1],
	])('%j lets %i through', (text, count) => {
		expect(labelled.filter((row) => filterOf({...all, filter: text})(row))).toHaveLength(count);
	});

	test('leaves faults only', () => {
		expect(titles(entries.filter((row) => filterOf({filter: 'svc', faultsOnly: true})(row)))).toEqual([
			'svc/api:80',
			'svc/web:80',
			'svc/billing:443',
		]);
	});
});

describe('the window of a list', () => {
	test.each([
		['starts at the top', {count: 100, height: 10, cursor: 0, top: 0}, 0],
		['stays while the cursor is inside', {count: 100, height: 10, cursor: 5, top: 0}, 0],
		['moves just as far as it must', {count: 100, height: 10, cursor: 10, top: 0}, 2],
		['moves back', {count: 100, height: 10, cursor: 4, top: 20}, 3],
		['ends with the list', {count: 100, height: 10, cursor: 99, top: 0}, 90],
		['follows a list that got shorter', {count: 5, height: 10, cursor: 4, top: 50}, 0],
		['is nowhere without rows', {count: 100, height: 0, cursor: 50, top: 10}, 0],
		['shows the cursor in one row', {count: 100, height: 1, cursor: 50, top: 0}, 50],
	])('%s', (_, input, top) => {
		expect(windowTop(input)).toBe(top);
	});
});
