import {expect, test} from 'vitest';
import {applyObjects} from '../../source/feeds/file/apply-objects.ts';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import {kindOf} from '../../source/projection/kind-of.ts';
import {createStore} from '../../source/store/store.ts';

test.each([
	['an alias without an anchor', 'a: *nowhere', 'a value that begins with * is an alias; write it in quotes'],
	[
		'more aliases than are followed',
		`a: &a x\nb: [${'*a, '.repeat(300)}]`,
		'more aliases or merge keys than',
	],
	['100,000 open brackets', '['.repeat(100_000), 'bad.yaml'],
])('a file with %s is refused in one sentence', (_, content, sentence) => {
	expect(() => parseObjects(content, 'bad.yaml')).toThrow(
		expect.objectContaining({name: 'UserError', message: expect.stringContaining(sentence) as string}),
	);
});

test.each([
	['untyped', 'List'],
	['typed', 'PodListListListListListListListListListListList'],
])('a bomb of aliases in %s lists is read once', (_, kind) => {
	const bomb = Array.from({length: 12}, (_, at) =>
		at === 0
			? 'a0: &a0 [{apiVersion: v1, metadata: {name: x}}]'
			: `a${at}: &a${at} [${Array(12)
					.fill(`{kind: ${kind}, items: *a${at - 1}}`)
					.join(', ')}]`,
	).join('\n');
	expect(parseObjects(`${bomb}\nkind: ${kind}\nitems: *a11\n`, 'bomb.yaml').length).toBeLessThan(20);
});

test('a list that holds itself ends', () => {
	expect(parseObjects('kind: List\nitems: &a [{kind: A}, *a]', 'round.yaml')).toEqual([{kind: 'A'}]);
});

test('lists within lists are opened however deep they are, in order', () => {
	const depth = 50_000;
	const pod = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}';
	const nested = `${'{"kind":"List","items":['.repeat(depth)}${pod}${']}'.repeat(depth)}`;
	expect(parseObjects(nested, 'deep.json')).toHaveLength(1);
	const names = parseObjects(
		'[{kind: List, items: [{kind: A}, {kind: PodList, items: [{}]}]}, {kind: B}]',
		'a',
	).map(({kind}) => kind);
	expect(names).toEqual(['A', 'Pod', 'B']);
});

test.each([
	['__proto__/v1', 'toString'],
	['__proto__/v1', '__proto__'],
	['constructor/v1', 'name'],
	['v1', 'constructor'],
	['v1', '__proto__'],
])('apiVersion %s, kind %s is no kind of knet', (apiVersion, kind) => {
	expect(kindOf(apiVersion, kind)).toBeUndefined();
	const {writer} = createStore();
	const {known, ignored} = applyObjects(
		writer,
		parseObjects(`{"apiVersion": "${apiVersion}", "kind": "${kind}"}`, 'a.json'),
	);
	expect([known.size, ignored.get(kind)]).toEqual([0, 1]);
});
