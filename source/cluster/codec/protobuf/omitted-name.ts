import {text} from '../../../projection/wire.ts';
import {Reader} from './reader.ts';

/** `metadata` of every object; in it `name` and `namespace` (generated.proto of meta/v1). */
const metadataField = 1;
const nameField = 1;
const namespaceField = 3;

/** The name that an object in protobuf begins with, as far as that can be read. */
export function nameInProtobuf(bytes: Uint8Array): {readonly namespace: string; readonly name: string} {
	const found = {namespace: '', name: ''};
	try {
		readName(new Reader(bytes), found);
	} catch {
		// The beginning ended within a field: what came before it counts.
	}

	return {namespace: text(found.namespace), name: text(found.name)};
}

function readName(reader: Reader, found: {namespace: string; name: string}): void {
	if (reader.varint() >>> 3 !== metadataField) {
		return;
	}

	const size = reader.varint();
	const end = reader.at + size;
	while (reader.at < end) {
		const tag = reader.varint();
		switch (tag >>> 3) {
			case nameField:
				found.name = textOf(reader);
				break;
			case namespaceField:
				found.namespace = textOf(reader);
				break;
			default:
				reader.skip(tag & 7);
		}
	}
}

function textOf(reader: Reader): string {
	const length = reader.varint();
	return reader.text(reader.at + length);
}
