import {expect, test} from 'vitest';
import {createStaleItems} from '../../../source/session/snapshot-views/stale-items.ts';

type Item = {readonly name: string; service: string};

function taken(...items: readonly Item[]): readonly string[] {
	const stale = createStaleItems<Item>(({service}) => service);
	items.forEach((item) => stale.add(item));
	const names: string[] = [];
	for (let next = stale.take(); next; next = stale.take()) {
		names.push(next.name);
	}

	return names;
}

test('rows of one Service are walked one right after another', () => {
	const names = taken(
		{name: 'app.example.com/', service: 'web'},
		{name: 'app.example.com/api', service: 'api'},
		{name: 'svc/api', service: 'api'},
		{name: 'svc/web', service: 'web'},
	);
	expect(names).toEqual(['app.example.com/', 'svc/web', 'app.example.com/api', 'svc/api']);
});

test('a row that now leads to another Service is taken out once', () => {
	const row = {name: 'svc/web', service: 'web'};
	const stale = createStaleItems<Item>(({service}) => service);
	stale.add(row);
	row.service = 'api';
	stale.add(row);
	stale.delete(row);
	expect(stale.take()).toBe(undefined);
});
