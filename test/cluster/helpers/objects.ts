import {KubeConfig, KubernetesObjectApi, PatchStrategy} from '@kubernetes/client-node';
import {parseAllDocuments} from 'yaml';
import type {Wire} from '../../../source/projection/wire.ts';
import {eventually} from './eventually.ts';

export const config = new KubeConfig();
config.loadFromDefault();
const api = KubernetesObjectApi.makeApiClient(config);
const manager = 'knet-test';

type Named = {readonly apiVersion: string; readonly kind: string; readonly name: string};

type Manifest = {
	readonly apiVersion: string;
	readonly kind: string;
	readonly metadata: {readonly name: string; readonly namespace?: string};
};

/** Creates objects, or makes them what the text says (server-side apply). */
export async function apply(yaml: string, namespace?: string): Promise<void> {
	for (const document of parseAllDocuments(yaml)) {
		const object = document.toJS() as Manifest | null;
		if (object) {
			const metadata = {...(namespace === undefined ? {} : {namespace}), ...object.metadata};
			await api.patch(
				{...object, metadata},
				undefined,
				undefined,
				manager,
				true,
				PatchStrategy.ServerSideApply,
			);
		}
	}
}

/** Changes fields of an object (a merge patch: lists are replaced, null removes). */
export async function change(
	{apiVersion, kind, name}: Named,
	namespace: string,
	fields: object,
): Promise<void> {
	const target = {apiVersion, kind, metadata: {name, namespace}, ...fields};
	await api.patch(target, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch);
}

export async function remove({apiVersion, kind, name}: Named, namespace?: string): Promise<void> {
	await api
		.delete(
			{apiVersion, kind, metadata: {name, namespace}},
			undefined,
			undefined,
			undefined,
			undefined,
			'Background',
		)
		.catch((error: unknown) => {
			if ((error as {readonly code?: number}).code !== 404) {
				throw error;
			}
		});
}

/** As the API server gives them, with kind and version in each. */
export async function list(apiVersion: string, kind: string, namespace?: string): Promise<readonly Wire[]> {
	const {items} = await api.list(apiVersion, kind, namespace);
	// Through JSON: the client makes Dates, the projection reads the wire.
	return (JSON.parse(JSON.stringify(items)) as Wire[]).map((item) => ({...item, apiVersion, kind}));
}

/** A namespace of the test's own; gone at its end, unless KNET_TEST_KEEP leaves it to be looked at. */
export async function createNamespace(part: string): Promise<string> {
	const name = `knet-test-${part}-${Math.random().toString(36).slice(2, 7)}`;
	await apply(`{apiVersion: v1, kind: Namespace, metadata: {name: ${name}}}`);
	return name;
}

export async function removeNamespace(name: string): Promise<void> {
	if (process.env['KNET_TEST_KEEP'] === undefined) {
		await remove({apiVersion: 'v1', kind: 'Namespace', name});
	}
}

/** Every object of a kind in a namespace, unless KNET_TEST_KEEP leaves them. */
export async function removeAll(apiVersion: string, kind: string, namespace: string): Promise<void> {
	if (process.env['KNET_TEST_KEEP'] !== undefined) {
		return;
	}

	const names = (await list(apiVersion, kind, namespace)).map(
		(wire) => (wire as unknown as Manifest).metadata.name,
	);
	await Promise.all(names.map((name) => remove({apiVersion, kind, name}, namespace)));
}

/** Until so many pods of a namespace are Ready, whatever others there are. */
export async function someReady(namespace: string, count: number): Promise<void> {
	await eventually(
		async () => (await list('v1', 'Pod', namespace)).filter(isReady).length,
		(ready) => ready === count,
	);
}

/** Until so many pods of a namespace are Ready and no others are left. */
export async function podsReady(namespace: string, count: number): Promise<void> {
	await eventually(
		async () => (await list('v1', 'Pod', namespace)).map(isReady),
		(ready) => ready.length === count && ready.every(Boolean),
	);
}

type PodWire = {
	readonly status?: {readonly conditions?: readonly {readonly type: string; readonly status: string}[]};
};

export function isReady(pod: Wire): boolean {
	const {status} = pod as unknown as PodWire;
	return (status?.conditions ?? []).some((each) => each.type === 'Ready' && each.status === 'True');
}
