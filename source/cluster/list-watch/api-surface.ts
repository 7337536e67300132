import {groupOf} from '../../model/kinds.ts';
import {list, record, text} from '../../projection/wire.ts';
import type {Connection} from '../connection.ts';
import type {Resource} from '../kinds.ts';
import {readJson} from '../transport/body.ts';
import type {Clock} from '../../clock.ts';

/** Which of a resource's APIs a server has. */
export type ApiSurface = {
	/**
	The APIs (`group/version`) to try, the preferred first; empty when the server has none. Asks the server at most about
	once a minute for all kinds together. Where discovery cannot be read, every API of the table is worth a try.
	*/
	locate(resource: Resource): Promise<readonly string[]>;
	/** The APIs of a group that serve a resource, the preferred first. Empty where discovery cannot be read. */
	apisOf(group: string, plural: string): Promise<readonly string[]>;
};

/** Under the minute after which an absent kind is looked for again. */
const freshness = 50_000;

/** Aggregated discovery (KEP-3352, 1.26) in one request; older servers answer with the list of groups alone. */
const accept =
	'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

type Served = {
	readonly has: (api: string, name: string) => boolean;
	/** Every API, in the order of the server. */
	readonly apis: readonly string[];
};

/** Milliseconds for the answer, and its bytes at most: 1,000 CRDs are about 2 MB. */
const timeout = 10_000;
const maximumBytes = 32 * 1024 * 1024;

/** `signal` ends asking. */
export function createApiSurface(connection: Connection, clock: Clock, signal?: AbortSignal): ApiSurface {
	let requested: {readonly at: number; readonly served: Promise<Served | undefined>} | undefined;

	const served = (): Promise<Served | undefined> => {
		if (!requested || clock.elapsed() - requested.at >= freshness) {
			requested = {at: clock.elapsed(), served: discover(connection, signal)};
		}

		return requested.served;
	};

	return {
		async locate(resource) {
			if (resource.builtIn) {
				return resource.apis;
			}

			const isServed = await served();
			return isServed ? resource.apis.filter((api) => isServed.has(api, resource.name)) : resource.apis;
		},
		async apisOf(group, plural) {
			const known = await served();
			return known?.apis.filter((api) => groupOf(api) === group && known.has(api, plural)) ?? [];
		},
	};
}

async function discover(connection: Connection, signal?: AbortSignal): Promise<Served | undefined> {
	try {
		const response = await connection.request({path: '/apis', accept, signal, timeout});
		return read(await readJson(response.body, maximumBytes));
	} catch {
		return undefined;
	}
}

function read(value: unknown): Served | undefined {
	const answer = record(value);
	switch (answer['kind']) {
		case 'APIGroupDiscoveryList':
			return servedResources(list(answer['items']));
		case 'APIGroupList':
			return servedGroups(list(answer['groups']));
		default:
			return undefined;
	}
}

function servedResources(groups: readonly unknown[]): Served {
	const apis: string[] = [];
	const found = new Set<string>();
	for (const group of groups.map(record)) {
		for (const version of list(group['versions']).map(record)) {
			const api = `${text(record(group['metadata'])['name'])}/${text(version['version'])}`;
			apis.push(api);
			for (const resource of list(version['resources']).map(record)) {
				found.add(`${api}/${text(resource['resource'])}`);
			}
		}
	}

	return {has: (api, name) => found.has(`${api}/${name}`), apis};
}

function servedGroups(groups: readonly unknown[]): Served {
	const found = new Set(
		groups
			.flatMap((group) => list(record(group)['versions']))
			.map((version) => text(record(version)['groupVersion'])),
	);
	return {has: (api) => found.has(api), apis: [...found]};
}
