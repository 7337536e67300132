import {array, assert, constantFrom, oneof, property, string} from 'fast-check';
import {expect, test} from 'vitest';
import {command, kubectl} from '../../../source/model/safe-text/command.ts';
import {argvOf} from '../../helpers/shell.ts';

/** What shells, kubectl and YAML give a meaning to; and anything else but NUL, which no word can hold. */
const hostile = oneof(
	constantFrom(
		"traefik'; touch pwned; echo '",
		'$(touch pwned)',
		'`touch pwned`',
		'"; touch pwned; "',
		'a\ntouch pwned\n',
		'a&touch pwned',
		'a|touch pwned',
		'>pwned',
		'~root',
		'=ls',
		'#',
		'!!',
		'{a,b}',
		'*',
		'\\',
		'',
	),
	string({unit: constantFrom(...Array.from('\'"`$\\;&|<>(){}[]*?!~#= \t\nab-/'))}),
	string({unit: 'binary'}).filter((text) => !text.includes('\0') && text.isWellFormed()),
);

test('whatever a word holds, a shell reads it as that one word', () => {
	assert(
		property(array(array(hostile, {minLength: 1, maxLength: 6}), {minLength: 1, maxLength: 20}), (all) => {
			expect(argvOf(all.map((words) => command('kubectl', ...words)))).toEqual(all);
		}),
		{numRuns: 50},
	);
});

test('a context and a namespace are one word each', () => {
	assert(
		property(hostile, hostile, hostile, (context, namespace, name) => {
			const printed = [
				command('kubectl', '--context', context, 'get', 'pod', name),
				kubectl({namespace}, 'get', 'pod', name),
			];
			const scope = namespace === '' ? [] : ['-n', namespace];
			expect(argvOf(printed)).toEqual([
				['--context', context, 'get', 'pod', name],
				[...scope, 'get', 'pod', name],
			]);
		}),
		{numRuns: 50},
	);
});

test('what a shell reads as it stands is not quoted', () => {
	expect(kubectl({namespace: 'shop'}, 'get', 'pods', '-l', 'app=web,tier!=front', '-o', 'wide')).toBe(
		"kubectl -n shop get pods -l 'app=web,tier!=front' -o wide",
	);
	expect(kubectl({}, 'get', 'node', 'n-1', '-o', 'jsonpath={.spec}', undefined)).toBe(
		"kubectl get node n-1 -o 'jsonpath={.spec}'",
	);
});
