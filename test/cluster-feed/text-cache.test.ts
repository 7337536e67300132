import {Buffer} from 'node:buffer';
import {array, assert, oneof, property, string, uint8Array} from 'fast-check';
import {expect, test} from 'vitest';
import {cachedText} from '../../source/cluster/codec/protobuf/text-cache.ts';

const read = (bytes: Uint8Array): string => cachedText(Buffer.from(bytes), 0, bytes.length);

test('what is read is what Node reads, whatever was read before and whatever the bytes are', () => {
	const some = oneof(
		uint8Array({maxLength: 3}),
		uint8Array({maxLength: 80}),
		string({unit: 'binary', maxLength: 40}).map((text) => new Uint8Array(Buffer.from(text))),
	);
	assert(
		property(array(some, {maxLength: 50}), (all) => {
			expect(all.map(read)).toEqual(all.map((bytes) => Buffer.from(bytes).toString('utf8')));
		}),
	);
});

test('two letters of UTF-8 are not taken for one whose bytes are their codes', () => {
	const pairs = Array.from({length: 128}, (_, low) => String.fromCharCode(0xc3, 0x80 + low));
	for (const text of pairs) {
		expect(read(Buffer.from(text, 'utf8'))).toBe(text);
		expect(read(Buffer.from(text, 'latin1'))).toBe(Buffer.from(text, 'latin1').toString('utf8'));
	}
});
