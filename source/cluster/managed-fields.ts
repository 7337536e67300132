import type {Kind} from '../model/kinds.ts';
import {safe} from '../model/safe-text/safe.ts';
import {list, record, text} from '../projection/wire.ts';
import type {Clock} from '../clock.ts';
import type {Connection} from './connection.ts';
import {pathOf, resourceOf} from './kinds.ts';
import {createApiSurface} from './list-watch/api-surface.ts';
import {readJson} from './transport/body.ts';

type ManagedFields = {
	readonly manager: string;
	readonly subresource: string;
	/** Milliseconds. */
	readonly at?: number;
	readonly fields: unknown;
};

/** Reads who manages the fields of one object. Rejects with `ApiError` and its like. */
type ReadManagedFields = (kind: Kind, namespace: string, name: string) => Promise<readonly ManagedFields[]>;

/** Bytes of the metadata of one object, at most. */
const maximumBytes = 2 * 1024 * 1024;

/** A list of one name: the verb `list` is all that knet needs. Metadata alone: nothing of a Secret's data is asked for. */
const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

export function createManagedFieldsReader(connection: Connection, clock: Clock): ReadManagedFields {
	const surface = createApiSurface(connection, clock);
	return async (kind, namespace, name) => {
		const resource = resourceOf(kind);
		const [api] = await surface.locate(resource);
		if (api === undefined) {
			return [];
		}

		const response = await connection.request({
			path: pathOf(resource, api, namespace === '' ? undefined : namespace),
			query: {fieldSelector: `metadata.name=${name}`, limit: '1'},
			accept,
			timeout: 10_000,
		});
		const answer = record(await readJson(response.body, maximumBytes));
		const [item] = list(answer['items']);
		return list(record(record(item)['metadata'])['managedFields']).map(entryOf);
	};
}

function entryOf(value: unknown): ManagedFields {
	const entry = record(value);
	const at = Date.parse(text(entry['time']));
	return {
		manager: safe(text(entry['manager'])),
		subresource: text(entry['subresource']),
		at: Number.isNaN(at) ? undefined : at,
		fields: entry['fieldsV1'],
	};
}
