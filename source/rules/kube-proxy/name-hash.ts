import {sha256} from '@noble/hashes/sha2.js';
import {utf8ToBytes} from '@noble/hashes/utils.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** How kube-proxy shortens names: the beginning of the SHA-256 in base32 (RFC 4648, without padding). */
export function nameHash(text: string, length: number): string {
	const bits = [...sha256(utf8ToBytes(text))].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	return Array.from({length}, (_, at) => alphabet[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)]).join(
		'',
	);
}
