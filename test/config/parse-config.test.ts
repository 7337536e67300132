import {Ajv2020} from 'ajv/dist/2020.js';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {parseConfig} from '../../source/config/parse-config.ts';
import {ownPathsOf} from '../../source/config/own-paths.ts';
import {configSchema} from '../../source/config/schema.ts';
import {isIgnored} from '../../source/model/ignore-rule.ts';

const fitsSchema = new Ajv2020({allowUnionTypes: true}).compile(configSchema);

const whole = `# mine
theme: colour-blind
namespace: shop
from: pod/shop/db-0
favourites:
  - https://app.example.com/api
keys:
  probe-hop: P
  up: [up, w]
ignore:
  - KNET503
  - KNET412:Service/shop/api
  - code: KNET122
    object: Node/node-a
    reason: known
`;

test('a configuration is read whole', () => {
	expect(parseConfig(whole, 'config.yaml')).toEqual({
		theme: 'colour-blind',
		namespace: 'shop',
		from: 'pod/shop/db-0',
		favourites: ['https://app.example.com/api'],
		keys: {'probe-hop': ['P'], up: ['up', 'w']},
		ignore: [
			{code: 'KNET503'},
			{code: 'KNET412', object: {kind: 'Service', namespace: 'shop', name: 'api'}},
			{code: 'KNET122', object: {kind: 'Node', name: 'node-a'}, reason: 'known'},
		],
	});
	expect(fitsSchema(parse(whole))).toBe(true);
});

test.each(['', '# nothing\n', '{}'])('%j configures nothing', (content) => {
	expect(parseConfig(content, 'config.yaml')).toEqual({});
	expect(fitsSchema(parse(content))).toBe(true);
});

test.each([
	['a: [', 'line 1: not valid YAML'],
	['a: b: c', 'line 1: not valid YAML (block as implicit key)'],
	['\uFFFDn\0a\0m\0e\0', 'line 1: expected text in UTF-8'],
	['- theme', 'line 1: expected fields (theme, namespace, from, favourites, ignore, keys), not a list.'],
	['\nthemes: dark', 'line 2: expected one of theme, namespace, from, favourites, ignore, keys, not themes.'],
	[
		'namespace: shop\ntheme: drak',
		'line 2: expected theme to be one of auto, dark, light, mono, colour-blind, not drak.',
	],
	['namespace: 5', 'line 1: expected text, not 5.'],
	['namespace:', 'line 1: expected text, not null.'],
	['favourites: svc/api', 'line 1: expected a list, not svc/api.'],
	['ignore:\n  - 503', 'line 2: expected text, not 503.'],
	[
		'ignore:\n  - KNET5',
		'line 2: expected a code such as KNET503, or KNET503:Kind/namespace/name, not KNET5.',
	],
	['ignore:\n  - object: Node/a', 'line 2: expected a code, not fields.'],
	['ignore:\n  - code: KNET503\n    object: api', 'line 3: expected Kind/namespace/name, not api.'],
	['keys:\n  - up', 'line 2: expected COMMAND: KEY, not a list.'],
])('%j is refused, with its line', (content, sentence) => {
	expect(() => parseConfig(content, 'config.yaml')).toThrow(`config.yaml ${sentence}`);
	if (!sentence.includes('YAML')) {
		expect(fitsSchema(parse(content))).toBe(false);
	}
});

test('all faults of a configuration are said, each with its line', () => {
	const content = 'theme: drak\nkeys:\n  jump: j\n  up: 5\nignore:\n  - KNET5\n  - object: api\n';
	expect(() => parseConfig(content, 'config.yaml', {commands: ['up'], codes: []})).toThrow(
		[
			'config.yaml has 5 faults:',
			'  line 1: expected theme to be one of auto, dark, light, mono, colour-blind, not drak.',
			'  line 3: expected a command of the explorer (the nearest: up), not jump.',
			'  line 4: expected text, not 5.',
			'  line 6: expected a code such as KNET503, or KNET503:Kind/namespace/name, not KNET5.',
			'  line 7: expected Kind/namespace/name, not api.',
		].join('\n'),
	);
});

test('of many faults of a configuration ten are said, and the rest counted', () => {
	const content = `favourites:\n${'  - 5\n'.repeat(13)}`;
	expect(() => parseConfig(content, 'config.yaml')).toThrow(
		/has 13 faults:\n {2}line 2: [^]*\n {2}line 11: expected text, not 5\.\n {2}and 3 more\.$/u,
	);
});

test('no escape sequence comes out of a configuration', () => {
	const {namespace} = parseConfig('namespace: "\\e[31mshop"', 'config.yaml');
	expect(namespace).toContain('shop');
	expect(namespace).not.toContain('\u001B');
});

test('a key of a command that there is not is refused', () => {
	const commands = ['quit', 'up', 'pulse', 'down'];
	expect(() => parseConfig('keys:\n  jump: j', 'config.yaml', {commands, codes: []})).toThrow(
		'config.yaml line 2: expected a command of the explorer (the nearest: up, quit, pulse), not jump.',
	);
});

test.each(['  - KNET530', '  - code: KNET530', '  - KNET530:Service/shop/web'])(
	'a code that no finding has is refused, with the nearest: %s',
	(rule) => {
		const names = {commands: [], codes: ['KNET503', 'KNET531', 'KNET610', 'KNET101']};
		expect(() => parseConfig(`ignore:\n${rule}`, 'config.yaml', names)).toThrow(
			'config.yaml line 2: expected the code of a finding (the nearest: KNET503, KNET531, KNET610), not KNET530',
		);
	},
);

test('a rule ignores its finding everywhere, or on its object alone', () => {
	const {ignore = []} = parseConfig(whole, 'config.yaml');
	const api = {kind: 'Service', namespace: 'shop', name: 'api'};
	expect(isIgnored(ignore, 'KNET503', api)).toBe(true);
	expect(isIgnored(ignore, 'KNET412', api)).toBe(true);
	expect(isIgnored(ignore, 'KNET412', {...api, name: 'web'})).toBe(false);
	expect(isIgnored(ignore, 'KNET122', {kind: 'Node', name: 'node-a'})).toBe(true);
	expect(isIgnored(ignore, 'KNET123', api)).toBe(false);
});

test('places follow XDG; a relative one is ignored', () => {
	expect(ownPathsOf({HOME: '/home/ada'})).toEqual({
		config: '/home/ada/.config/knet/config.yaml',
		state: '/home/ada/.local/state/knet/state.json',
		log: '/home/ada/.local/state/knet/knet.log',
		cache: '/home/ada/.cache/knet',
	});
	const env = {
		HOME: '/home/ada',
		XDG_CONFIG_HOME: '/etc/ada',
		XDG_STATE_HOME: 'here',
		XDG_CACHE_HOME: '/tmp/ada',
	};
	expect(ownPathsOf(env)).toMatchObject({
		config: '/etc/ada/knet/config.yaml',
		cache: '/tmp/ada/knet',
		log: '/home/ada/.local/state/knet/knet.log',
	});
});
