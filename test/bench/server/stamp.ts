import {Buffer} from 'node:buffer';

/** What a stamp writes into its places, by the letters of their tokens. */
export type Values = Readonly<Record<string, number>>;

/** Makes thousands of objects of one: each is a copy of the same bytes with numbers written into them. */
export type Stamp = {
	readonly size: number;
	/** Writes the object at a place of a buffer. */
	print(into: Buffer, at: number, values: Values): void;
};

/**
A token is `<letters...>`: as wide as the number that replaces it, with zeros in front. So no length changes, and the same
tokens work in JSON and in protobuf.
*/
const token = /<(?<name>[a-zA-Z]+)\.*>/gu;

export function createStamp(bytes: Buffer): Stamp {
	const places = [...bytes.toString('latin1').matchAll(token)].map(({index, 0: text, groups}) => ({
		name: groups?.['name'] ?? '',
		end: index + text.length - 1,
		width: text.length,
	}));
	return {
		size: bytes.length,
		print(into, at, values) {
			bytes.copy(into, at);
			for (const {name, end, width} of places) {
				let rest = values[name] ?? 0;
				for (let digit = 0; digit < width; digit++) {
					into[at + end - digit] = 48 + (rest % 10);
					rest = Math.floor(rest / 10);
				}
			}
		},
	};
}
