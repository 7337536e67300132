import {ownApi} from '../../model/own-api.ts';
import {ApiError} from '../../cluster/transport/errors.ts';
import {readJson} from '../../cluster/transport/body.ts';
import type {Connection} from '../../cluster/connection.ts';
import {pathOf, resourceOf, selectedResource, selectionsOf, type Resource} from '../../cluster/kinds.ts';
import type {ApiSurface} from '../../cluster/list-watch/api-surface.ts';
import {discoverPolicies} from '../../cluster/list-watch/policy-resources.ts';
import {apiKindOf, type Kind} from '../../model/kinds.ts';
import {list, record, text, type Wire} from '../../projection/wire.ts';
import {keptWire} from './kept-wire.ts';
import type {Selection} from '../../model/kind-facts.ts';
import {definedFields} from '../../cluster/defined-fields.ts';

/** The objects of a kind, as a file holds them; or why they are not known. */
export type Read = {readonly items: readonly Wire[]} | {readonly refused: string};

/** Lists all objects of one kind, in pages; the one of a place where the kind is listed by name. */
export async function readKind(
	connection: Connection,
	surface: ApiSurface,
	kind: Kind,
	place?: string,
): Promise<Read> {
	const resource = resourceOf(kind);
	const discovered = kind === 'AttachedPolicy' ? await discoverPolicies(connection, surface) : [];
	const selections: readonly (Selection | undefined)[] = [
		...selectionsOf(resource, place),
		...discovered.map((each) => ({resource: each})),
	];
	const items: Wire[] = [];
	try {
		for (const selection of selections) {
			const selected = selectedResource(resource, selection);
			const [api] = await surface.locate(selected);
			for await (const item of api === undefined ? [] : pages(connection, {selected, api, selection})) {
				items.push(keptWire(kind, item));
			}
		}
	} catch (error) {
		if (error instanceof ApiError && error.status === 404) {
			return {items};
		}

		if (error instanceof ApiError) {
			return {refused: error.message};
		}

		throw error;
	}

	return {items: items.length > 0 ? items : [emptyList(kind, resource)]};
}

/** An empty list, which says that there are none. A kind that stands for several of the API is named by knet. */
function emptyList(kind: Kind, {apis}: Resource): Wire {
	return kind === 'AttachedPolicy'
		? {apiVersion: ownApi, kind: 'AttachedPolicyList', items: []}
		: {apiVersion: apis[0], kind: `${apiKindOf(kind)}List`, items: []};
}

type Place = {
	readonly selected: Resource;
	readonly api: string;
	readonly selection: Selection | undefined;
};

/** Bytes of a page of 500 objects, at most. */
const maximumBytes = 256 * 1024 * 1024;

async function* pages(connection: Connection, {selected, api, selection}: Place): AsyncGenerator<Wire> {
	for (let next: string | undefined = ''; next !== undefined;) {
		const response = await connection.request({
			path: pathOf(selected, api, selection?.namespace),
			query: definedFields({
				limit: '500',
				continue: next || undefined,
				fieldSelector: selection?.fieldSelector,
			}),
		});
		const page = record(await readJson(response.body, maximumBytes));
		const kind = text(page['kind']).replace(/List$/u, '');
		for (const item of list(page['items'])) {
			yield {...record(item), apiVersion: api, kind};
		}

		next = text(record(page['metadata'])['continue']) || undefined;
	}
}
