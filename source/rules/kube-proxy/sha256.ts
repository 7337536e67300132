/**
SHA-256 (FIPS 180-4), written out because `path/` may not import node:crypto, and base32 (RFC 4648): together they make
the names of kube-proxy's chains.
*/
export function sha256(text: string): Uint8Array {
	const message = new TextEncoder().encode(text);
	const blocks = new DataView(new ArrayBuffer(((message.length + 8) >> 6) * 64 + 64));
	new Uint8Array(blocks.buffer).set(message);
	blocks.setUint8(message.length, 0x80);
	blocks.setUint32(blocks.byteLength - 8, Math.floor(message.length / 2 ** 29));
	blocks.setUint32(blocks.byteLength - 4, message.length << 3);

	const hash = new Uint32Array(initial);
	for (let at = 0; at < blocks.byteLength; at += 64) {
		compress(hash, schedule(blocks, at));
	}

	const digest = new DataView(new ArrayBuffer(32));
	hash.forEach((word, index) => digest.setUint32(index * 4, word));
	return new Uint8Array(digest.buffer);
}

export function base32(bytes: Uint8Array): string {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
	let text = '';
	let held = 0;
	let count = 0;
	for (const byte of bytes) {
		held = (held << 8) | byte;
		count += 8;
		while (count >= 5) {
			count -= 5;
			text += alphabet[(held >> count) & 31];
		}

		held &= 0xff;
	}

	return count > 0 ? text + alphabet[(held << (5 - count)) & 31] : text;
}

function schedule(blocks: DataView, at: number): Uint32Array {
	const words = new Uint32Array(64);
	for (let index = 0; index < 16; index++) {
		words[index] = blocks.getUint32(at + index * 4);
	}

	for (let index = 16; index < 64; index++) {
		const early = word(words, index - 15);
		const late = word(words, index - 2);
		const small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
		const small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
		words[index] = word(words, index - 16) + small0 + word(words, index - 7) + small1;
	}

	return words;
}

function compress(hash: Uint32Array, words: Uint32Array): void {
	const state = new Uint32Array(hash);
	for (let index = 0; index < 64; index++) {
		const [a, b, c, e, f, g, h] = [0, 1, 2, 4, 5, 6, 7].map((at) => word(state, at)) as Seven;
		const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
		const first = h + big1 + ((e & f) ^ (~e & g)) + word(constants, index) + word(words, index);
		const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
		const second = big0 + ((a & b) ^ (a & c) ^ (b & c));
		state.copyWithin(1, 0, 7);
		state[4] = word(state, 4) + first;
		state[0] = first + second;
	}

	hash.forEach((value, index) => {
		hash[index] = value + word(state, index);
	});
}

type Seven = [number, number, number, number, number, number, number];

function word(words: Uint32Array, index: number): number {
	return words[index] ?? 0;
}

function rotate(value: number, by: number): number {
	return (value >>> by) | (value << (32 - by));
}

// The first 32 bits of the fractional parts of the square and cube roots of the first primes, exactly, by integer roots.
const primes = firstPrimes(64);
const initial = primes.slice(0, 8).map((prime) => fraction(prime, 2));
const constants = Uint32Array.from(primes, (prime) => fraction(prime, 3));

function firstPrimes(count: number): readonly number[] {
	const found: number[] = [];
	for (let candidate = 2; found.length < count; candidate++) {
		if (found.every((prime) => candidate % prime !== 0)) {
			found.push(candidate);
		}
	}

	return found;
}

/** The first 32 fractional bits of a root: floor(prime^(1/degree) · 2^32) modulo 2^32. */
function fraction(prime: number, degree: 2 | 3): number {
	const target = BigInt(prime) << BigInt(32 * degree);
	let low = 0n;
	let high = 1n << 40n;
	while (high - low > 1n) {
		const middle = (low + high) >> 1n;
		if (middle ** BigInt(degree) <= target) {
			low = middle;
		} else {
			high = middle;
		}
	}

	return Number(low & 0xffffffffn);
}
