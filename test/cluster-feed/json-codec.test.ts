import {nameInJson} from '../../source/cluster/codec/omitted-name.ts';
import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import type {Wire} from '../../source/projection/wire.ts';
import type {WireEvent} from '../../source/cluster/codec/codec.ts';
import {jsonCodec, listDecoder, watchDecoder} from '../../source/cluster/codec/json-codec.ts';
import {withoutManagedFields} from '../../source/cluster/codec/managed-fields.ts';

/** Items and meta of a list that arrives in these chunks. */
function readList(chunks: readonly Uint8Array[], maximum?: number) {
	const decoder = maximum === undefined ? jsonCodec.list('') : listDecoder(maximum);
	const items: Wire[] = [];
	chunks.forEach((chunk) => decoder.push(chunk, (item) => items.push(item)));
	return {items, ...decoder.end()};
}

function readWatch(chunks: readonly Uint8Array[]): readonly WireEvent[] {
	const decoder = jsonCodec.watch('');
	const events: WireEvent[] = [];
	chunks.forEach((chunk) => decoder.push(chunk, (event) => events.push(event)));
	decoder.end();
	return events;
}

const bytes = (text: string) => Buffer.from(text, 'utf8');
const cuts = (whole: Buffer) =>
	Array.from({length: whole.length + 1}, (_, at) => [whole.subarray(0, at), whole.subarray(at)]);

const items = [
	{metadata: {name: 'a', annotations: {text: 'braces } { and "quotes" and a \\ backslash \\" '}}},
	{metadata: {name: 'größe-日本-🚀'}, spec: {items: [{items: []}], empty: {}, list: [[], [1]]}},
	{metadata: {name: 'c'}},
];
const meta = {resourceVersion: '12', continue: 'token'};

describe('a JSON list', () => {
	const compact = bytes(JSON.stringify({kind: 'PodList', apiVersion: 'v1', metadata: meta, items}));

	test('gives its items and its metadata', () => {
		expect(readList([compact])).toEqual({items, ...meta, omitted: []});
	});

	test('may be cut at every byte', () => {
		for (const chunks of cuts(compact)) {
			expect(readList(chunks)).toEqual({items, ...meta, omitted: []});
		}
	});

	test('may arrive byte by byte', () => {
		expect(readList([...compact].map((code) => Uint8Array.of(code)))).toMatchObject({items, ...meta});
	});

	test('is read with line breaks, and with its metadata behind the items, as of CRDs', () => {
		const pretty = bytes(
			JSON.stringify({apiVersion: 'v1', items, kind: 'List', metadata: meta}, undefined, '\t'),
		);
		for (const chunks of cuts(pretty)) {
			expect(readList(chunks)).toEqual({items, ...meta, omitted: []});
		}
	});

	test.each([
		['[]', []],
		['null', []],
		['[ {} ]', [{}]],
	])('with the items %s is a list', (text, expected) => {
		const list = bytes(`{"metadata":{"resourceVersion":"1"},"items":${text}}`);
		expect(readList([list])).toEqual({items: expected, resourceVersion: '1', continue: '', omitted: []});
	});

	test('takes items of the outermost object only', () => {
		const list = bytes(
			'{"metadata":{"items":[{"no":1}],"resourceVersion":"1"},"kind":"items","items":[{"yes":1}]}',
		);
		expect(readList([list])).toMatchObject({items: [{yes: 1}], resourceVersion: '1'});
	});

	test('cut short is an error, wherever', () => {
		for (let end = 0; end < compact.length; end++) {
			expect(() => readList([compact.subarray(0, end)])).toThrow('The answer is not JSON.');
		}
	});

	test.each([
		['{"kind":"Status","status":"Failure"}', 'The answer is no list.'],
		['<html>', 'The answer is not JSON.'],
		['{"items":[1]}', 'The list holds something that is no object.'],
		['{"items":[{"a":]}', 'The answer is not JSON.'],
		['"text"', 'The answer is not a JSON object.'],
	])('does not take %s for a list, and quotes nothing of it', (text, message) => {
		expect(() => readList([bytes(text)])).toThrow(message);
	});

	test('leaves out an object that is larger than the bound, and names it', () => {
		const large = {metadata: {name: 'large', namespace: 'shop', annotations: {text: 'x'.repeat(500)}}};
		const list = bytes(JSON.stringify({metadata: meta, items: [items[2], large, items[2]]}));
		const omitted = [{namespace: 'shop', name: 'large', bytes: JSON.stringify(large).length}];
		for (const chunks of [[list], [list.subarray(0, 200), list.subarray(200, 400), list.subarray(400)]]) {
			expect(readList(chunks, 300)).toEqual({items: [items[2], items[2]], ...meta, omitted});
		}
	});

	test.each([
		[
			'of a custom kind, sorted',
			'{"apiVersion":"v1","kind":"X","metadata":{"annotations":{"name":"no"},"name":"a","namespace":"n"',
			'a',
		],
		['after labels', '{"metadata":{"labels":{"name":"no","x":["name"]},"name":"a"', 'a'],
		['in an annotation that is cut', String.raw`{"metadata":{"annotations":{"x":"{\"name\":\"no\"}`, ''],
		['in a string that is cut', String.raw`{"metadata":{"x":"y\"name\":\"no\",`, ''],
		['in another place', '{"spec":{"metadata":{"name":"no"', ''],
		['nowhere', '{"metadata":{}', ''],
	])('finds the name of an object that is too large: %s', (_, json, name) => {
		expect(nameInJson(bytes(json)).name).toBe(name);
	});

	test('takes an object of 1.5 MiB, as large as etcd allows', () => {
		const large = {metadata: {name: 'large', annotations: {text: 'x'.repeat(1.5 * 1024 * 1024)}}};
		const list = bytes(JSON.stringify({metadata: meta, items: [large]}));
		expect(readList([list.subarray(0, 9000), list.subarray(9000)])).toMatchObject({
			items: [large],
			omitted: [],
		});
	});
});

describe('a JSON watch', () => {
	const events = items.map((object, index) => ({type: index === 0 ? 'ADDED' : 'MODIFIED', object}));
	const stream = bytes(events.map((event) => `${JSON.stringify(event)}\n`).join(''));

	test('may be cut at every byte', () => {
		for (const chunks of cuts(stream)) {
			expect(readWatch(chunks)).toEqual(events);
		}
	});

	test('passes over empty lines', () => {
		expect(readWatch([bytes(`\n \r\n${JSON.stringify(events[0])}\n`)])).toEqual([events[0]]);
	});

	test('gives what was whole before it throws on garbage', () => {
		const decoder = jsonCodec.watch('');
		const seen: WireEvent[] = [];
		expect(() =>
			decoder.push(bytes(`${JSON.stringify(events[0])}\n{"secret":tru\n`), (event) => seen.push(event)),
		).toThrow(/^The answer is not JSON\.$/u);
		expect(seen).toEqual([events[0]]);
	});

	test('that ends within an event is broken', () => {
		expect(() => readWatch([stream.subarray(0, stream.length - 5)])).toThrow('in the middle of an event');
	});

	test.each([[[900]], [[50, 900]], [[400, 400, 400]]])(
		'bounds an event that arrives as %j bytes',
		(sizes) => {
			const decoder = watchDecoder(500);
			expect(() => {
				sizes.forEach((size) => decoder.push(new Uint8Array(size).fill(0x20), () => undefined));
				decoder.push(bytes('\n'), () => undefined);
			}).toThrow('An event is larger than 500 bytes.');
		},
	);
});

describe('managedFields', () => {
	const cutOut = (text: string) => Buffer.from(withoutManagedFields(bytes(text))).toString();

	test.each([
		[
			'{"metadata":{"name":"a","managedFields":[{"f":{"a]":"\\"]"}}],"uid":"u"}}',
			'{"metadata":{"name":"a","uid":"u"}}',
		],
		['{"metadata":{"managedFields":[],"uid":"u"}}', '{"metadata":{"uid":"u"}}'],
		['{"metadata":{"name":"a","managedFields":[[1],[2]]}}', '{"metadata":{"name":"a"}}'],
		['{"metadata":{"managedFields":[{}]}}', '{"metadata":{}}'],
		['{"metadata": {"managedFields": [ {} ] , "uid": "u"}}', '{"metadata": { "uid": "u"}}'],
	])('are cut out of %s', (text, expected) => {
		expect(cutOut(text)).toBe(expected);
		expect(JSON.parse(cutOut(text))).toBeTypeOf('object');
	});

	test.each([
		'{"metadata":{"annotations":{"last":"{\\"managedFields\\":[1]}"}}}',
		'{"metadata":{"managedFields":null}}',
		'{"metadata":{"managedFields":[',
		'{"note":"managedFields"}',
	])('are no reason to touch %s', (text) => {
		expect(cutOut(text)).toBe(text);
	});
});

test('asks servers that can to leave managedFields out (KEP-5958)', () => {
	expect(jsonCodec.acceptList).toBe('application/json;drop=metadata.managedFields,application/json');
});
