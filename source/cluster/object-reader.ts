import type {Clock} from '../clock.ts';
import type {Kind} from '../model/kinds.ts';
import {list, record, type Wire} from '../projection/wire.ts';
import type {Connection} from './connection.ts';
import {pathOf, resourceOf} from './kinds.ts';
import {createApiSurface} from './list-watch/api-surface.ts';
import {readBytes} from './transport/body.ts';

/** Reads what is shown of an object on demand; nothing of it is kept. Rejects with `ApiError` and its like. */
export type ObjectReader = {
	/** The object as the API server has it, without `managedFields`; undefined where it is not there. Never a Secret. */
	object(kind: Kind, namespace: string, name: string): Promise<Wire | undefined>;
	/** Events about an object, oldest first. */
	events(kind: string, namespace: string, name: string): Promise<readonly Wire[]>;
	/** The last lines of a container's log. */
	log(pod: PodLog): Promise<string>;
};

type PodLog = {
	readonly namespace: string;
	readonly name: string;
	/** Absent: the only one, or the API server says which there are. */
	readonly container?: string;
	/** Of the container that ended before the one that runs. */
	readonly previous?: boolean;
};

const maximumBytes = 4 * 1024 * 1024;
const timeout = 10_000;
/** Lines of a log. */
const tail = 500;

export function createObjectReader(connection: Connection, clock: Clock): ObjectReader {
	const surface = createApiSurface(connection, clock);
	const read = async (path: string, query: Readonly<Record<string, string>>): Promise<string> => {
		const {body} = await connection.request({path, query, timeout});
		return (await readBytes(body, maximumBytes)).toString('utf8');
	};

	return {
		async object(kind, namespace, name) {
			const resource = resourceOf(kind);
			const [api] = kind === 'Secret' ? [] : await surface.locate(resource);
			if (api === undefined) {
				return undefined;
			}

			// A list of one name: the verb `list` is all that knet needs.
			const path = pathOf(resource, api, namespace === '' ? undefined : namespace);
			const answer = record(
				JSON.parse(await read(path, {fieldSelector: `metadata.name=${name}`, limit: '1'})),
			);
			const [item] = list(answer['items']);
			return item === undefined ? undefined : withHead(record(item), answer, kind);
		},
		async events(kind, namespace, name) {
			const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
			const answer = await read(`/api/v1/namespaces/${namespace || 'default'}/events`, {fieldSelector});
			return list(record(JSON.parse(answer))['items']).map(record);
		},
		log({namespace, name, container, previous}) {
			const query: Record<string, string> = {tailLines: String(tail)};
			if (container !== undefined) {
				query['container'] = container;
			}

			if (previous) {
				query['previous'] = 'true';
			}

			return read(`/api/v1/namespaces/${namespace}/pods/${name}/log`, query);
		},
	};
}

/** Items of a list come without `apiVersion` and `kind`, and who manages which field is longer than the object. */
function withHead(item: Wire, answer: Wire, kind: Kind): Wire {
	const {managedFields: _, ...metadata} = record(item['metadata']);
	return {apiVersion: answer['apiVersion'], kind, ...item, metadata};
}
