import {expect, test} from 'vitest';
import {isOfPath, type DecidedFrom} from '../../source/history/decided-from.ts';
import type {KeptChange} from '../../source/history/ring.ts';

const decided: DecidedFrom = {
	objects: new Set(['Ingress/shop/own']),
	listed: new Set(['Ingress']),
	namespaces: new Set(['shop']),
};

function changeOf(name: string, ...paths: readonly string[]): KeptChange {
	return {
		id: 1,
		at: 0,
		size: 0,
		key: `Ingress/shop/${name}`,
		kind: 'Ingress',
		namespace: 'shop',
		name,
		type: 'changed',
		fields: paths.map((path) => ({path})),
	};
}

test('the address of another Ingress is no change of a path, its rules are', () => {
	expect(isOfPath(changeOf('other', 'addresses[192.0.2.3]'), decided)).toBe(false);
	expect(isOfPath(changeOf('other', 'rules[a.example.com].host', 'addresses[192.0.2.3]'), decided)).toBe(
		true,
	);
	expect(isOfPath(changeOf('own', 'addresses[192.0.2.3]'), decided)).toBe(true);
});
