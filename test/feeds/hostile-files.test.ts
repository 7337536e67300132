import {expect, test} from 'vitest';
import {applyObjects} from '../../source/feeds/file/apply-objects.ts';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import {kindOf} from '../../source/projection/kind-of.ts';
import {createStore} from '../../source/store/store.ts';

const unfollowed = 'bad.yaml, in the document at line 1, has aliases or merge keys that cannot be followed.';
const bomb = Array.from({length: 12}, (_, at) =>
	at === 0
		? 'a0: &a0 [x]'
		: `a${at}: &a${at} [${Array(12)
				.fill(`*a${at - 1}`)
				.join(', ')}]`,
).join('\n');

test.each([
	['an alias without an anchor', 'a: *nowhere', unfollowed],
	['an alias bomb', bomb, unfollowed],
	['a merge of itself', 'a: &a\n  <<: *a\n', unfollowed],
	['100,000 open brackets', '['.repeat(100_000), 'bad.yaml'],
])('a file with %s is refused in one sentence', (_, content, sentence) => {
	expect(() => parseObjects(content, 'bad.yaml')).toThrow(
		expect.objectContaining({name: 'UserError', message: expect.stringContaining(sentence) as string}),
	);
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
