import {record} from '../../../projection/wire.ts';
import {StreamError} from '../stream-error.ts';
import {Reader} from './reader.ts';
import {messageOf, type Field, type Message} from './schema.ts';

/** A message in the shape of the JSON API. Times are `Date`s. */
type Decoded = Record<string, unknown>;

/** Decodes the fields that the table names and passes over the rest. Throws `StreamError` on what is no such message. */
export function decode(name: string, bytes: Uint8Array): Decoded {
	const reader = new Reader(bytes);
	return readMessage(reader, reader.length, messageOf(name));
}

function readMessage(reader: Reader, end: number, message: Message, into: Decoded = {}): Decoded {
	while (reader.at < end) {
		const tag = reader.varint();
		const field = message.fields[tag >>> 3];
		const wireType = tag & 7;
		if (field === undefined) {
			reader.skip(wireType);
		} else {
			readField(reader, field, {wireType, into});
		}
	}

	if (reader.at > end) {
		throw new StreamError('The answer is no protobuf: a field is longer than its message.');
	}

	return into;
}

type Place = {readonly wireType: number; readonly into: Decoded};

const lengthDelimited = 2;

function readField(reader: Reader, field: Field, {wireType, into}: Place): void {
	if (wireType !== lengthDelimited) {
		readNumber(reader, field, {wireType, into});
		return;
	}

	const end = reader.varint() + reader.at;
	if (field.isRepeated) {
		const value = readValue(reader, field, end);
		const list = into[field.name];
		if (list === undefined) {
			into[field.name] = [value];
		} else {
			(list as unknown[]).push(value);
		}
	} else if (field.isInline && field.message) {
		readMessage(reader, end, field.message, into);
	} else if (field.type === 'map' || field.type === 'quantities') {
		readEntry(reader, field, {end, into});
	} else {
		const value = readValue(reader, field, end);
		if (value !== undefined && (value !== '' || field.keepsZero)) {
			into[field.name] = value;
		}
	}
}

function readNumber(reader: Reader, field: Field, {wireType, into}: Place): void {
	if (wireType !== 0) {
		throw new StreamError('The answer is no protobuf: a field is of another type.');
	}

	const value = reader.varint();
	if (value !== 0 || field.keepsZero) {
		into[field.name] = field.type === 'bool' ? value !== 0 : value;
	}
}

function readValue(reader: Reader, field: Field, end: number): unknown {
	switch (field.type) {
		case 'text':
			return reader.text(end);
		case 'bytes':
			return reader.bytes(end);
		case 'time':
			return readTime(reader, end);
		case 'IntOrString':
			return readIntOrString(reader, end);
		case 'message':
			return field.message && readMessage(reader, end, field.message);
		case 'int':
		case 'bool':
		case 'map':
		case 'quantities':
			throw new StreamError('The answer is no protobuf: a field is of another type.');
	}
}

/** An empty message is the zero time, which JSON writes as null (meta/v1 Time). */
function readTime(reader: Reader, end: number): Date | undefined {
	const {seconds, nanos} = readMessage(reader, end, timestamp);
	return seconds === undefined
		? undefined
		: new Date(Number(seconds) * 1000 + Math.floor(Number(nanos ?? 0) / 1e6));
}

function readIntOrString(reader: Reader, end: number): number | string {
	const {type, intVal, strVal} = readMessage(reader, end, intOrString);
	return type === 1 ? ((strVal ?? '') as string) : Number(intVal ?? 0);
}

/** One entry of a map: a message of key and value. A quantity is a message of a string. */
function readEntry(
	reader: Reader,
	field: Field,
	{end, into}: {readonly end: number; readonly into: Decoded},
): void {
	const entry = readMessage(reader, end, field.type === 'map' ? mapEntry : quantityEntry);
	const map = (into[field.name] ??= {}) as Record<string, unknown>;
	const key = (entry['key'] ?? '') as string;
	const value = field.type === 'map' ? (entry['value'] ?? '') : (record(entry['value'])['string'] ?? '0');
	if (key === '__proto__') {
		Object.defineProperty(map, key, {value, enumerable: true, configurable: true, writable: true});
	} else {
		map[key] = value;
	}
}

const timestamp = messageOf('Timestamp');
const intOrString = messageOf('IntOrStringParts');
const mapEntry = messageOf('MapEntry');
const quantityEntry = messageOf('QuantityEntry');
