import {createHash} from 'node:crypto';
import {expect, test} from 'vitest';
import {base32, sha256} from '../../../source/rules/kube-proxy/sha256.ts';

test('hashes as node:crypto does, whatever the length', () => {
	for (let length = 0; length < 200; length++) {
		const text = 'aé'.repeat(length);
		expect(Buffer.from(sha256(text)).toString('hex')).toBe(createHash('sha256').update(text).digest('hex'));
	}
});

test.each([
	['', ''],
	['f', 'MY'],
	['fo', 'MZXQ'],
	['foo', 'MZXW6'],
	['foob', 'MZXW6YQ'],
	['fooba', 'MZXW6YTB'],
])('writes %j in base32 as RFC 4648 does, without padding', (text, expected) => {
	expect(base32(new TextEncoder().encode(text))).toBe(expected);
});
