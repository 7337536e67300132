import {policyResources} from '../../model/policies/attached-policy.ts';
import {groupOf, kindsThat, factsOf} from '../../model/kinds.ts';
import {list, record, text} from '../../projection/wire.ts';
import type {Connection} from '../connection.ts';
import {readJson} from '../transport/body.ts';
import type {ApiSurface} from './api-surface.ts';

/** One kind of policy of the API. */
export type PolicyResource = {readonly api: string; readonly plural: string};

/** On the CustomResourceDefinition of every policy that attaches to objects of Gateway API, Direct or Inherited (GEP-713). */
const policyLabel = 'gateway.networking.k8s.io/policy';

/** Names and labels are enough: a definition alone may be hundreds of kilobytes. */
const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

const timeout = 10_000;
const maximumBytes = 16 * 1024 * 1024;

/** Kinds of policy that the cluster has beside those of the table. None where definitions may not be listed. */
export async function discoverPolicies(
	connection: Connection,
	surface: ApiSurface,
	signal?: AbortSignal,
): Promise<readonly PolicyResource[]> {
	const names = await definitionNames(connection, signal);
	const found = await Promise.all(
		names.filter((name) => !isKnown(name)).map((name) => resourceNamed(surface, name)),
	);
	return found.flatMap((each) => each ?? []);
}

async function definitionNames(connection: Connection, signal?: AbortSignal): Promise<readonly string[]> {
	try {
		const response = await connection.request({
			path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
			query: {labelSelector: policyLabel},
			accept,
			signal,
			timeout,
		});
		const answer = record(await readJson(response.body, maximumBytes));
		return list(answer['items']).map((item) => text(record(record(item)['metadata'])['name']));
	} catch {
		return [];
	}
}

/** A definition is named `plural.group`. */
function isKnown(name: string): boolean {
	return (
		policyResources.some(({api, plural}) => name === `${plural}.${groupOf(api)}`) ||
		kindsThat(() => true).some((kind) =>
			factsOf(kind).apis.some((api) => name === `${factsOf(kind).plural}.${groupOf(api)}`),
		)
	);
}

async function resourceNamed(surface: ApiSurface, name: string): Promise<PolicyResource | undefined> {
	const dot = name.indexOf('.');
	const plural = name.slice(0, dot);
	const [api] = await surface.apisOf(name.slice(dot + 1), plural);
	return api === undefined ? undefined : {api, plural};
}
