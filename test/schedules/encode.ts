import {Buffer} from 'node:buffer';
import {messageOf, type Field, type Message} from '../../source/cluster/codec/protobuf/schema.ts';

type Value = Readonly<Record<string, unknown>>;

/** A message in protobuf, by the table of the decoder. Only what the fake server's objects are made of. */
function encode(name: string, value: Value): Buffer {
	return encodeMessage(messageOf(name), value);
}

function encodeMessage({fields}: Message, value: Value): Buffer {
	return Buffer.concat(
		fields.flatMap((field, number) =>
			field === undefined || value[field.name] === undefined
				? []
				: encodeField(field, number, value[field.name]),
		),
	);
}

function encodeField(field: Field, number: number, value: unknown): readonly Buffer[] {
	if (field.type === 'map') {
		return Object.entries(value as Value).map(([key, entry]) =>
			withLength(number, Buffer.concat([text(1, key), text(2, String(entry))])),
		);
	}

	const values = field.isRepeated ? (value as readonly unknown[]) : [value];
	return values.map((each) => encodeValue(field, number, each));
}

function encodeValue({type, message}: Field, number: number, value: unknown): Buffer {
	if (type === 'int') {
		return Buffer.concat([varint(number * 8), varint(Number(value))]);
	}

	if (message) {
		return withLength(number, encodeMessage(message, value as Value));
	}

	return type === 'bytes' ? withLength(number, value as Buffer) : text(number, String(value));
}

function text(number: number, value: string): Buffer {
	return withLength(number, Buffer.from(value));
}

function withLength(number: number, bytes: Uint8Array): Buffer {
	return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
	const bytes: number[] = [];
	for (let rest = value; ; rest = Math.floor(rest / 128)) {
		if (rest < 128) {
			return Buffer.from([...bytes, rest]);
		}

		bytes.push((rest % 128) + 128);
	}
}

/** An object in its envelope. */
function envelope(kind: string, raw: Buffer): Buffer {
	return Buffer.concat([Buffer.from('k8s\0', 'latin1'), encode('Unknown', {typeMeta: {kind}, raw})]);
}

export function encodeList(kind: string, metadata: Value, items: readonly Value[]): Buffer {
	const raw = Buffer.concat([
		withLength(1, encode('ListMeta', metadata)),
		...items.map((item) => withLength(2, encode(kind, item))),
	]);
	return envelope(`${kind}List`, raw);
}

/** A frame of a watch. */
export function encodeEvent(type: string, kind: string, object: Value): Buffer {
	const raw = envelope(kind, encode(kind, object));
	const event = encode('WatchEvent', {type, object: {raw}});
	const length = Buffer.alloc(4);
	length.writeUInt32BE(event.length);
	return Buffer.concat([length, event]);
}
