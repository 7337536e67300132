import {record, text, type Wire} from '../../projection/wire.ts';
import {isSpace} from './bytes.ts';
import {maximumItem, type Codec, type ListDecoder, type ListMeta, type WatchDecoder} from './codec.ts';
import {createItemSplitter} from './item-splitter.ts';
import {createLines} from './lines.ts';
import {withoutManagedFields} from './managed-fields.ts';
import {StreamError} from './stream-error.ts';

// KEP-5958: servers before 1.37 ignore the unknown parameter, and the bytes are skipped here.
const dropped = 'drop=metadata.managedFields';

/** JSON of any kind. */
export const jsonCodec: Codec = {
	acceptList: `application/json;${dropped},application/json`,
	acceptWatch: `application/json;${dropped},application/json`,
	list: () => listDecoder(maximumItem),
	watch: () => watchDecoder(maximumItem),
};

const partial = (as: string) => `application/json;as=${as};g=meta.k8s.io;v=v1`;

/** Only the metadata of objects leaves the server. There is no fallback: what asks for it must not see more. */
export const metadataCodec: Codec = {
	...jsonCodec,
	acceptList: partial('PartialObjectMetadataList'),
	acceptWatch: partial('PartialObjectMetadata'),
};

/** `maximum`: bytes of one item. */
export function listDecoder(maximum: number): ListDecoder {
	const splitter = createItemSplitter(maximum);
	return {
		push: (chunk, emit) => splitter.push(chunk, (item) => emit(parse(withoutManagedFields(item)))),
		end: () => ({...listMeta(parse(splitter.envelope())), omitted: splitter.omitted}),
	};
}

/** `maximum`: bytes of one event. */
export function watchDecoder(maximum: number): WatchDecoder {
	const lines = createLines(maximum);
	return {
		push: (chunk, emit) =>
			lines.push(chunk, (line) => {
				if (!line.every(isSpace)) {
					const event = parse(withoutManagedFields(line));
					emit({type: text(event['type']), object: record(event['object'])});
				}
			}),
		end: () => lines.end(),
	};
}

function listMeta(envelope: Wire): Omit<ListMeta, 'omitted'> {
	if (!Array.isArray(envelope['items']) && envelope['items'] !== null) {
		throw new StreamError('The answer is no list.');
	}

	const meta = record(envelope['metadata']);
	return {resourceVersion: text(meta['resourceVersion']), continue: text(meta['continue'])};
}

// Node prints the source text of an uncaught SyntaxError, which could hold anything: it is caught where it happens.
function parse(bytes: Uint8Array): Wire {
	let value: unknown;
	try {
		value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
	} catch {
		throw new StreamError('The answer is not JSON.');
	}

	if (typeof value !== 'object' || value === null) {
		throw new StreamError('The answer is not a JSON object.');
	}

	return value as Wire;
}
