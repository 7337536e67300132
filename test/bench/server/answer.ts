import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import type {ServerResponse} from 'node:http';
import type {ListRequest} from '../../../source/demo/parse-request.ts';
import type {Wire} from '../../../source/projection/wire.ts';
import {encodeFrame, encodeMessage, listHead, withLength} from '../../schedules/encode.ts';
import {inProtobuf, type Bulk, type EventType, type Format} from './bulk.ts';
import {fullMessageOf} from './messages.ts';
import {namespaceOf, type Entry, type State} from './state.ts';
import {tableHead, tableRow} from './table.ts';

export type Asked = {
	readonly bulk: Bulk;
	readonly state: State;
	readonly requested: ListRequest;
	readonly format: Format;
	readonly response: ServerResponse;
};

/** Objects are written in pieces of so many. */
const together = 64;

export async function answerBulkList({bulk, state, requested, format, response}: Asked): Promise<void> {
	const {namespace, limit, continueToken} = requested;
	const [first, last] = bulk.range(namespace);
	const start = continueToken === '' ? first : Number(continueToken);
	const end = limit > 0 ? Math.min(start + limit, last) : last;
	const fixed = continueToken === '' ? state.fixed(bulk.kind, namespace) : [];
	const metadata = {
		resourceVersion: String(state.version),
		continue: end < last ? String(end) : undefined,
		remainingItemCount: end < last ? last - end : undefined,
	};
	const present = indexesOf(bulk, state, start, end);
	response.writeHead(200, {'content-type': contentTypes[format]});
	if (format === 'protobuf') {
		const items = fixed.map((object) => withLength(2, encoded(bulk, object)));
		const meta = withLength(1, encodeMessage(fullMessageOf('ListMeta'), metadata));
		const size = present.reduce((sum, index) => sum + bulk.formsOf(index).items.protobuf.size, 0);
		const before = [meta, ...items];
		const whole = before.reduce((sum, each) => sum + each.length, size);
		response.write(Buffer.concat([listHead(bulk.kind, whole), ...before]));
		await writeItems({bulk, state, format, response}, present, '');
		response.end();
		return;
	}

	const items = fixed.map((object) => JSON.stringify(format === 'table' ? tableRow(object) : object));
	const {kind, apiVersion} = bulk;
	response.write(
		`${format === 'table' ? tableHead(metadata) : `{"kind":"${kind}List","apiVersion":"${apiVersion}","metadata":${JSON.stringify(metadata)},"items":[`}${items.join(',')}`,
	);
	await writeItems({bulk, state, format, response}, present, items.length > 0 ? ',' : '');
	response.end(']}');
}

function indexesOf(bulk: Bulk, state: State, start: number, end: number): readonly number[] {
	return Array.from({length: Math.max(0, end - start)}, (_, offset) => start + offset).filter(
		(index) => !state.leftOf(bulk.kind, index).isGone,
	);
}

type Writing = Pick<Asked, 'bulk' | 'state' | 'format' | 'response'>;

/** `separator`: before the first; JSON has commas between all. */
async function writeItems(
	{bulk, state, format, response}: Writing,
	indexes: readonly number[],
	separator: string,
): Promise<void> {
	const comma = format === 'protobuf' ? 0 : 1;
	for (let from = 0; from < indexes.length && !response.destroyed; from += together) {
		const some = indexes.slice(from, from + together);
		const stamps = some.map((index) => bulk.formsOf(index).items[format]);
		const bytes = Buffer.allocUnsafe(stamps.reduce((sum, {size}) => sum + size + comma, 0));
		let at = 0;
		some.forEach((index, position) => {
			if (comma > 0) {
				bytes[at] = 44;
				at++;
			}

			stamps[position]?.print(bytes, at, valuesOf(bulk, state, index));
			at += stamps[position]?.size ?? 0;
		});
		await send(response, from === 0 && comma > 0 && separator === '' ? bytes.subarray(1) : bytes);
	}
}

function valuesOf(bulk: Bulk, state: State, index: number) {
	const {version, revision} = state.leftOf(bulk.kind, index);
	return {...bulk.values(index), v: version, r: revision};
}

export async function answerBulkWatch(asked: Asked): Promise<void> {
	const {bulk, state, requested, format, response} = asked;
	const {namespace, sendInitialEvents, timeout} = requested;
	response.writeHead(200, {
		'content-type': `${contentTypes[format]}${format === 'protobuf' ? ';stream=watch' : ''}`,
	});
	response.flushHeaders();
	let position = sendInitialEvents
		? state.log.length
		: state.after(Number(requested.resourceVersion) || state.version);
	const bookmark = (annotations: Wire): Promise<void> =>
		send(
			response,
			bookmarkBytes(bulk, format, {version: state.log[position - 1]?.version ?? state.version, annotations}),
		);
	if (sendInitialEvents) {
		await writeInitial(asked);
		await bookmark({'k8s.io/initial-events-end': 'true'});
	}

	const marking = setInterval(() => void bookmark({}), 60_000);
	const ending = timeout > 0 ? setTimeout(() => response.end(), timeout) : undefined;
	const closed = once(response, 'close');
	while (!response.destroyed && !response.writableEnded) {
		const entries = state.log.slice(position, position + together);
		position += entries.length;
		const some = entries.filter(
			(entry) =>
				entry.kind === bulk.kind && (namespace === undefined || namespaceOf(entry, bulk) === namespace),
		);
		if (some.length > 0) {
			await send(response, Buffer.concat(some.map((entry) => eventBytes(bulk, format, entry))));
		} else if (entries.length === 0) {
			await Promise.race([state.changed(), closed]);
		}
	}

	clearInterval(marking);
	clearTimeout(ending);
}

async function writeInitial({bulk, state, requested: {namespace}, format, response}: Asked): Promise<void> {
	for (const object of state.fixed(bulk.kind, namespace)) {
		await send(response, objectBytes(bulk, format, 'ADDED', object));
	}

	const indexes = indexesOf(bulk, state, ...bulk.range(namespace));
	for (let from = 0; from < indexes.length && !response.destroyed; from += together) {
		const some = indexes.slice(from, from + together);
		await send(
			response,
			Buffer.concat(
				some.map((index) => {
					const stamp = bulk.formsOf(index).event('ADDED', format);
					const bytes = Buffer.allocUnsafe(stamp.size);
					stamp.print(bytes, 0, valuesOf(bulk, state, index));
					return bytes;
				}),
			),
		);
	}
}

function eventBytes(bulk: Bulk, format: Format, {type, index, object, version, revision}: Entry): Buffer {
	if (index === undefined) {
		return objectBytes(bulk, format, type, object ?? {});
	}

	const stamp = bulk.formsOf(index).event(type, format);
	const bytes = Buffer.allocUnsafe(stamp.size);
	stamp.print(bytes, 0, {...bulk.values(index), v: version, r: revision});
	return bytes;
}

function objectBytes(bulk: Bulk, format: Format, type: EventType | 'BOOKMARK', object: Wire): Buffer {
	return format === 'protobuf'
		? encodeFrame(type, bulk.kind, encoded(bulk, object))
		: Buffer.from(`${JSON.stringify({type, object})}\n`);
}

function bookmarkBytes(
	bulk: Bulk,
	format: Format,
	{version, annotations}: {readonly version: number; readonly annotations: Wire},
): Buffer {
	const {kind, apiVersion} = bulk;
	const metadata = {resourceVersion: String(version), annotations};
	return objectBytes(bulk, format, 'BOOKMARK', {kind, apiVersion, metadata});
}

function encoded(bulk: Bulk, object: Wire): Buffer {
	return encodeMessage(fullMessageOf(bulk.kind), inProtobuf(object));
}

const contentTypes: Readonly<Record<Format, string>> = {
	json: 'application/json',
	protobuf: 'application/vnd.kubernetes.protobuf',
	table: 'application/json;as=Table;v=v1;g=meta.k8s.io',
};

/** Waits while the client does not keep up. */
async function send(response: ServerResponse, bytes: Buffer): Promise<void> {
	if (response.destroyed || response.writableEnded || response.write(bytes)) {
		return;
	}

	await new Promise<void>((resolve) => {
		const goOn = (): void => {
			response.off('drain', goOn);
			response.off('close', goOn);
			resolve();
		};
		response.on('drain', goOn);
		response.on('close', goOn);
	});
}
