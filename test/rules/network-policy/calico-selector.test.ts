import {expect, test} from 'vitest';
import {matchesCalicoSelector} from '../../../source/rules/network-policy/calico-selector.ts';

/** The tables of projectcalico/calico, libcalico-go/lib/selector/parser/parser_test.go: a selector, labels that it takes, and labels that it does not. */
const table: readonly (readonly [string, readonly string[], readonly string[]])[] = [
	['a == "b"', ['a=b', 'a=b c=d'], ['', 'a=c', 'c=d']],
	['a == "b" && c == "d"', ['a=b c=d'], ['', 'a=b c=e', 'a=c c=d', 'c=d', 'a=b']],
	['a == "b" || c == "d"', ['a=b c=d', 'a=b', 'c=d'], ['', 'a=e c=e', 'c=e', 'a=e']],
	[`a in {"'", '"', "c"}`, ['a=c', 'a="', "a='"], ['', 'a=e']],
	[`a not in {"'", '"', "c"}`, ['', 'a=e'], ['a=c', 'a="', "a='"]],
	["a == 'a'", ['a=a'], ['a=b', '']],
	['a != "b"', ['a=a'], ['a=b']],
	['a != "a"', [''], ['a=a']],
	['a contains "a"', ['a=a', 'a=bab', 'a=aaa b=c'], ['', 'a=b', 'b=aaa']],
	['a starts with "a"', ['a=a', 'a=abb', 'a=aaa b=c'], ['', 'a=b', 'a=baa', 'b=aaa']],
	['a ends with "a"', ['a=a', 'a=bba', 'a=aaa b=c'], ['', 'a=b', 'a=aab', 'b=aaa']],
	['a startswith "a"', ['a=abb'], ['a=baa']],
	['a endswith "a"', ['a=bba'], ['a=aab']],
	['a in {"a"}', ['a=a'], ['a=b']],
	['!a in {"a"}', ['a=b'], ['a=a']],
	['a in {"a", "b"}', ['a=a', 'a=b'], ['a=c']],
	['a not in {"d", "e"}', ['a=a'], ['a=d']],
	['has(a)', ['a=b'], ['b=b']],
	['has( a )', ['a=b'], ['b=b']],
	['!has(a)', ['b=b'], ['a=b']],
	['', ['', 'a=b'], []],
	[' ', [''], []],
	[' all()', ['', 'a=b'], []],
	[' (all() )', ['', 'a=b'], []],
	['!!has(b)', ['b=b'], ['a=b']],
	['! has(a)', [], ['a=b']],
	['!!! has(a)', [], ['a=b']],
	['!! ! has(a)', [], ['a=b']],
	["a == 'a1' && b == 'b1'", ['a=a1 b=b1'], []],
	["a == 'a1' && b != 'b1'", [], ['a=a1 b=b1']],
	["a != 'a1' && !b == 'b1'", [], ['a=a1 b=b1']],
	["!a == 'a1' && b == 'b1'", [], ['a=a1 b=b1']],
	['has(a) && !has(b)', ['a=a'], ['a=a b=b']],
	['!(!has(a) || has(b))', ['a=a'], ['a=a b=b', '']],
	["a == 'a1' || b != 'b1'", ['a=a1 b=b1'], []],
	["a != 'a1' || b != 'b1'", [], ['a=a1 b=b1']],
	["! a == 'a1' || ! b == 'b1'", [], ['a=a1 b=b1']],
	[`a!='"'`, ['a=b', ''], ['a="']],
	["!(!(k == 'v' && has(t) || all()) && (a in {'b', 'c'}))", ['', 'k=v t=t a=b'], []],
];

test.each(table)('%s', (selector, taken, left) => {
	const takes = (labels: string) => matchesCalicoSelector(selector, labelsOf(labels));
	expect(taken.filter((labels) => takes(labels) !== true)).toEqual([]);
	expect(left.filter((labels) => takes(labels) !== false)).toEqual([]);
});

const unreadable = `
b == b
b contains b
b starts with b
b ends with b
'b1' == b
'b1' == "b"
b
a b
!
foo == "bar" &
foo == "bar" |
foo != ||
foo in {"", ||
foo in {"a" "b"}
foo in ""
"FOO
"FOO'
'FOO
(
(a == "foo"
)
()
%
a == "b" && %
has(foo) &&
has('foo')
has()
all(
global()
`.trim();

test.each(unreadable.split('\n'))('what Calico refuses, or means elsewhere, is not read: %s', (selector) => {
	expect(matchesCalicoSelector(selector, {a: 'b', b: 'b', foo: 'bar'})).toBeUndefined();
});

function labelsOf(text: string): Readonly<Record<string, string>> {
	return Object.fromEntries(
		text
			.split(' ')
			.filter(Boolean)
			.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
	);
}
