import {Buffer} from 'node:buffer';
import {messageOf, type Field, type Message} from '../../source/cluster/codec/protobuf/schema.ts';

type Value = Readonly<Record<string, unknown>>;

/** A message in protobuf, by a table of fields: the decoder's, or one that has more. */
export function encodeMessage({fields}: Message, value: Value): Buffer {
	return Buffer.concat(
		fields.flatMap((field, number) => {
			const own = field?.isInline ? value : value[field?.name ?? ''];
			return field === undefined || own === undefined ? [] : encodeField(field, number, own);
		}),
	);
}

function encode(name: string, value: Value): Buffer {
	return encodeMessage(messageOf(name), value);
}

function encodeField(field: Field, number: number, value: unknown): readonly Buffer[] {
	if (field.type === 'map' || field.type === 'quantities') {
		return Object.entries(value as Value).map(([key, entry]) =>
			withLength(
				number,
				Buffer.concat([
					text(1, key),
					field.type === 'map' ? text(2, String(entry)) : withLength(2, text(1, String(entry))),
				]),
			),
		);
	}

	const values = field.isRepeated ? (value as readonly unknown[]) : [value];
	return values.map((each) => encodeValue(field, number, each));
}

function encodeValue({type, message}: Field, number: number, value: unknown): Buffer {
	switch (type) {
		case 'int':
		case 'bool':
			return int(number, Number(value));
		case 'time':
			return withLength(number, int(1, Math.floor(Date.parse(String(value)) / 1000)));
		case 'IntOrString':
			return withLength(
				number,
				typeof value === 'number' ? int(2, value) : Buffer.concat([int(1, 1), text(3, String(value))]),
			);
		case 'bytes':
			return withLength(number, value as Buffer);
		case 'message':
			return withLength(number, encodeMessage(message ?? {fields: []}, value as Value));
		case 'text':
		case 'map':
		case 'quantities':
			return text(number, String(value));
	}
}

function int(number: number, value: number): Buffer {
	return Buffer.concat([varint(number * 8), varint(value)]);
}

function text(number: number, value: string): Buffer {
	return withLength(number, Buffer.from(value));
}

export function withLength(number: number, bytes: Uint8Array): Buffer {
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

/** The start of the envelope of a list, whose `size` bytes follow. */
export function listHead(kind: string, size: number): Buffer {
	const typeMeta = withLength(1, encode('TypeMeta', {kind: `${kind}List`}));
	return Buffer.concat([Buffer.from('k8s\0', 'latin1'), typeMeta, varint(2 * 8 + 2), varint(size)]);
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
	return encodeFrame(type, kind, encode(kind, object));
}

/** A frame of a watch around an object that is encoded already. */
export function encodeFrame(type: string, kind: string, object: Buffer): Buffer {
	const event = encode('WatchEvent', {type, object: {raw: envelope(kind, object)}});
	const length = Buffer.alloc(4);
	length.writeUInt32BE(event.length);
	return Buffer.concat([length, event]);
}
