import {describe, expect, test} from 'vitest';
import {indexByHost} from '../../../source/rules/ingress/host-index.ts';

type Item = {readonly name: string; readonly hosts: readonly string[]; readonly path: string};

const items: readonly Item[] = [
	{name: 'any', hosts: [''], path: '/'},
	{name: 'wild', hosts: ['*.example.com'], path: '/'},
	{name: 'api', hosts: ['a.example.com'], path: '/api'},
	{name: 'api-v1', hosts: ['a.example.com', 'A.example.com.'], path: '/api/v1/'},
	{name: 'apis', hosts: ['a.example.com'], path: '/apis'},
	{name: 'open', hosts: ['a.example.com'], path: ''},
	{name: 'b', hosts: ['b.example.com'], path: '/api'},
];
const find = indexByHost(
	items,
	({hosts}) => hosts,
	({path}) => path,
);
const names = (found: readonly Item[]) => found.map(({name}) => name);

describe('an index by host and path', () => {
	test.each([
		['a.example.com', '/api/v1/x', ['any', 'wild', 'api', 'api-v1', 'open']],
		['a.example.com', '/api/v1', ['any', 'wild', 'api', 'api-v1', 'open']],
		['A.EXAMPLE.COM.', '/API', ['any', 'wild', 'api', 'open']],
		['a.example.com', '/apis/x', ['any', 'wild', 'api', 'apis', 'open']],
		['x.y.example.com', '/', ['any', 'wild']],
		['*.example.com', '/', ['any', 'wild']],
		['example.com', '/', ['any']],
		['', '/', ['any']],
	])('finds for %s%s what may match, in the order of the items', (host, urlPath, expected) => {
		expect(names(find(host, urlPath))).toEqual(expected);
	});

	test('finds all that may be for a host where no path is asked for', () => {
		expect(names(find('a.example.com'))).toEqual(['any', 'wild', 'api', 'api-v1', 'apis', 'open']);
	});
});

test('an index looks at what a request begins with, and at nothing else', () => {
	let seen = 0;
	const many = Array.from({length: 5000}, (_, position) => ({
		get path() {
			seen++;
			return `/p${position}`;
		},
	}));
	const find = indexByHost(
		many,
		() => ['x'],
		({path}) => path,
	);
	for (let position = 0; position < 5000; position++) {
		const found = find('x', `/p${position}/z`);
		expect(found.length).toBeLessThan(5);
		expect(found.includes(many[position]!)).toBe(true);
	}

	expect(seen).toBe(5000);
});
