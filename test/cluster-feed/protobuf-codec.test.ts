import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {WireEvent} from '../../source/cluster/codec/codec.ts';
import {jsonCodec} from '../../source/cluster/codec/json-codec.ts';
import {createListDecoder} from '../../source/cluster/codec/protobuf/list-decoder.ts';
import {protobufCodec} from '../../source/cluster/codec/protobuf/protobuf-codec.ts';
import {readStatusText} from '../../source/cluster/codec/protobuf/status.ts';
import {createWatchDecoder} from '../../source/cluster/codec/protobuf/watch-decoder.ts';
import type {Codec} from '../../source/cluster/codec/codec.ts';
import type {Kind} from '../../source/model/kinds.ts';
import {project} from '../../source/projection/project.ts';
import {record, type Wire} from '../../source/projection/wire.ts';

const recorded = (name: string): Buffer =>
	readFileSync(new URL(`../fixtures/recorded/${name}`, import.meta.url));
const kinds: readonly Kind[] = [
	'Namespace',
	'Node',
	'Service',
	'EndpointSlice',
	'Pod',
	'Ingress',
	'IngressClass',
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'Event',
	'ConfigMap',
	'NetworkPolicy',
];
const mediaType = 'application/vnd.kubernetes.protobuf';

function readList(codec: Codec, contentType: string, chunks: readonly Uint8Array[]) {
	const decoder = codec.list(contentType);
	const items: Wire[] = [];
	chunks.forEach((chunk) => decoder.push(chunk, (item) => items.push(item)));
	return {items, meta: decoder.end()};
}

function readWatch(codec: Codec, contentType: string, chunks: readonly Uint8Array[]): readonly WireEvent[] {
	const decoder = codec.watch(contentType);
	const events: WireEvent[] = [];
	chunks.forEach((chunk) => decoder.push(chunk, (event) => events.push(event)));
	decoder.end();
	return events;
}

const versionOf = ({object}: WireEvent) => (object['metadata'] as Wire)['resourceVersion'];

describe('recorded from a real API server, protobuf is what JSON is, of', () => {
	test.each(kinds)('a list of %s', (kind) => {
		const json = readList(jsonCodec, '', [recorded(`${kind}.list.json`)]);
		const protobuf = readList(protobufCodec(kind), mediaType, [recorded(`${kind}.list.pb`)]);
		expect(json.items.length).toBeGreaterThan(0);
		expect(protobuf.items.map((item) => project(kind, item))).toEqual(
			json.items.map((item) => project(kind, item)),
		);
		expect(protobuf.meta.continue).toBe('');
	});

	test('a Deployment that has a ConfigMap as a file', () => {
		const [json, protobuf] = [
			readList(jsonCodec, '', [recorded('mounts.Deployment.list.json')]),
			readList(protobufCodec('Deployment'), mediaType, [recorded('mounts.Deployment.list.pb')]),
		].map(({items}) => items.map((item) => project('Deployment', item)));
		expect(json?.[0]?.mountedConfigMaps).toEqual([{name: 'contour', path: '/config'}]);
		expect(protobuf).toEqual(json);
	});

	test('a pod with names of its own in its hosts file', () => {
		const [json, protobuf] = [
			readList(jsonCodec, '', [recorded('aliases.Pod.list.json')]),
			readList(protobufCodec('Pod'), mediaType, [recorded('aliases.Pod.list.pb')]),
		].map(({items}) => items.map((item) => project('Pod', item)));
		expect(json?.[0]?.hostAliases).toEqual([{ip: '10.250.1.1', hostnames: ['db', 'db.example.com']}]);
		expect(protobuf).toEqual(json);
	});

	test.each(kinds)('a watch of %s', (kind) => {
		const json = readWatch(jsonCodec, '', [recorded(`${kind}.watch.json`)]);
		const protobuf = readWatch(protobufCodec(kind), `${mediaType};stream=watch`, [
			recorded(`${kind}.watch.pb`),
		]);
		// Bookmarks come to each watch in its own time.
		const changes = (events: readonly WireEvent[]) => events.filter(({type}) => type !== 'BOOKMARK');
		const published = (event: WireEvent) => ({type: event.type, object: project(kind, event.object)});
		expect(changes(protobuf).map(published)).toEqual(changes(json).map(published));
		expect(protobuf.filter(({type}) => type === 'BOOKMARK').every((event) => versionOf(event))).toBe(true);
	});
});

describe('a list in protobuf', () => {
	const whole = recorded('Service.list.pb');
	const codec = protobufCodec('Service');
	const expected = readList(codec, mediaType, [whole]);

	test('may be cut at every byte', () => {
		for (let at = 0; at <= whole.length; at++) {
			expect(readList(codec, mediaType, [whole.subarray(0, at), whole.subarray(at)])).toEqual(expected);
		}
	});

	test('may arrive byte by byte', () => {
		expect(
			readList(
				codec,
				mediaType,
				[...whole].map((code) => Uint8Array.of(code)),
			),
		).toEqual(expected);
	});

	test('cut short is an error, wherever', () => {
		// Behind the items come two empty fields of the envelope.
		for (let end = 0; end < whole.length - 4; end += 7) {
			expect(() => readList(codec, mediaType, [whole.subarray(0, end)])).toThrow('ended in the middle');
		}
	});

	test('leaves out an object that is larger than the bound, and names it', () => {
		const decoder = createListDecoder('Service', 1100);
		const items: Wire[] = [];
		for (let at = 0; at < whole.length; at += 300) {
			decoder.push(whole.subarray(at, at + 300), (item) => items.push(item));
		}

		expect(items.length).toBeLessThan(expected.items.length);
		const names = (wires: readonly Wire[]) => wires.map(({metadata}) => record(metadata)['name']);
		const left = decoder.end().omitted.map(({name}) => name);
		expect(new Set([...names(items), ...left])).toEqual(new Set(names(expected.items)));
		expect(left.length).toBe(expected.items.length - items.length);
	});

	test('that is something else is refused without a quote', () => {
		for (const bytes of [
			Buffer.from('{"kind":"Status"}'),
			Buffer.from('k8s\0\u0008\u0001'),
			Buffer.alloc(64, 0xff),
		]) {
			expect(() => readList(codec, mediaType, [bytes])).toThrow(/^The (?:answer is no|list ended)/u);
		}
	});

	test('is JSON where the server has no protobuf', () => {
		const json = readList(codec, 'application/json', [recorded('Service.list.json')]);
		expect(json.items).toHaveLength(expected.items.length);
	});
});

describe('a watch in protobuf', () => {
	const whole = recorded('Service.watch.pb');
	const codec = protobufCodec('Service');
	const contentType = `${mediaType};stream=watch`;
	const expected = readWatch(codec, contentType, [whole]);

	test('may be cut anywhere', () => {
		for (let at = 0; at <= whole.length; at += 13) {
			expect(readWatch(codec, contentType, [whole.subarray(0, at), whole.subarray(at)])).toEqual(expected);
		}
	});

	test('that ends within an event is broken', () => {
		expect(() => readWatch(codec, contentType, [whole.subarray(0, -3)])).toThrow('in the middle of an event');
	});

	test('bounds an event', () => {
		expect(() => createWatchDecoder('Service', 100).push(whole, () => undefined)).toThrow(
			'An event is larger than 100 bytes.',
		);
	});

	test('gives an error as the Status it is, and of another kind no more than its name', () => {
		const [gone, table] = [
			envelope('Status', text(3, 'too old') + text(4, 'Expired') + number(6, 410)),
			envelope('Table', text(3, 'rows')),
		].map((object) => frame(text(1, 'ERROR') + text(2, text(1, object))));
		expect(readWatch(codec, contentType, [gone ?? Buffer.alloc(0), table ?? Buffer.alloc(0)])).toEqual([
			{
				type: 'ERROR',
				object: {apiVersion: 'v1', kind: 'Status', message: 'too old', reason: 'Expired', code: 410},
			},
			{type: 'ERROR', object: {apiVersion: 'v1', kind: 'Table'}},
		]);
	});
});

test('a refusal in protobuf is read as the JSON it would have been', async () => {
	const causes = text(5, text(4, text(1, 'ResourceVersionTooLarge')) + number(5, 1));
	const bytes = Buffer.from(envelope('Status', text(3, 'no') + text(4, 'Forbidden') + causes), 'latin1');
	async function* body() {
		yield bytes.subarray(0, 9);
		yield bytes.subarray(9);
	}

	expect(JSON.parse(await readStatusText(body()))).toEqual({
		apiVersion: 'v1',
		kind: 'Status',
		message: 'no',
		reason: 'Forbidden',
		details: {causes: [{reason: 'ResourceVersionTooLarge'}], retryAfterSeconds: 1},
	});
});

// A little protobuf by hand, in latin1 strings: fields below 16, as the API writes them.
function varint(value: number): string {
	return value < 0x80
		? String.fromCharCode(value)
		: String.fromCharCode((value & 0x7f) | 0x80) + varint(value >>> 7);
}

function text(field: number, value: string): string {
	return String.fromCharCode((field << 3) | 2) + varint(value.length) + value;
}

function number(field: number, value: number): string {
	return String.fromCharCode(field << 3) + varint(value);
}

function envelope(kind: string, raw: string): string {
	return `k8s\0${text(1, text(1, 'v1') + text(2, kind))}${text(2, raw)}${text(3, '')}${text(4, '')}`;
}

function frame(event: string): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(event.length);
	return Buffer.concat([length, Buffer.from(event, 'latin1')]);
}
