import {stat} from 'node:fs/promises';
import {pathOf, resourceOf} from '../../cluster/kinds.ts';
import {readJson} from '../../cluster/transport/body.ts';
import type {Kind} from '../../model/kinds.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {list, record, text} from '../../projection/wire.ts';
import {version} from '../../version.ts';
import {keptNames} from './kept-names.ts';
import type {Names} from './names.ts';
import type {Situation} from './situation.ts';

/** Reading more would take longer than a completion may. */
const mostBytes = 4 * 1024 * 1024;

export async function openNames(situation: Situation): Promise<Names> {
	const {flags, env} = situation;
	if (!flags.filename) {
		const ask = async () => ofCluster(flags, env);
		return env['XDG_CACHE_HOME'] || env['HOME'] ? keptNames(situation, ask) : ask();
	}

	const sizes = await Promise.all(flags.filename.map(async (file) => (await stat(file)).size));
	if (sizes.some((size) => size > mostBytes)) {
		throw new Error('too large to complete from');
	}

	const {openSource} = await import('../data-source/source.ts');
	const source = await openSource(flags);
	const snapshot = source.reader.snapshot(Date.now());
	return ofFiles(snapshot, flags.namespace);
}

function ofFiles(snapshot: Snapshot, own: string | undefined): Names {
	return {
		list: async (kind, namespace = own ?? '*') =>
			snapshot.list(kind, kind === 'Namespace' || namespace === '*' ? undefined : namespace),
		ports: async (service, namespace = own) =>
			snapshot
				.list('Service', namespace)
				.filter(({name}) => name === service)
				.flatMap(({ports}) => ports.flatMap(({name, port}) => (name ? [name, `${port}`] : [`${port}`]))),
		urls: async () =>
			snapshot
				.list('Ingress', own)
				.flatMap(({rules, tls}) =>
					rules.flatMap(({host, paths}) =>
						paths.map(({path}) =>
							urlOf(
								host,
								path,
								tls.some(({hosts}) => hosts.includes(host)),
							),
						),
					),
				)
				.flatMap((url) => url ?? []),
		close: async () => {},
	};
}

async function ofCluster(flags: Situation['flags'], env: NodeJS.ProcessEnv): Promise<Names> {
	const {connect} = await import('../../cluster/connect.ts');
	const connection = await connect({...flags, asGroups: flags.asGroup, version, interactive: false, env});
	const own = flags.namespace ?? connection.namespace;
	const get = async (kind: Kind, namespace: string, accept?: string): Promise<readonly unknown[]> => {
		const resource = resourceOf(kind);
		const path = pathOf(resource, resource.apis[0] ?? '', namespace === '*' ? undefined : namespace);
		const response = await connection.request({path, query: {limit: '500'}, accept});
		return list(record(await readJson(response.body, mostBytes))['items']);
	};

	return {
		list: async (kind, namespace = own) =>
			(await get(kind, namespace, metadataOnly)).map((item) => {
				const metadata = record(record(item)['metadata']);
				return {namespace: text(metadata['namespace']), name: text(metadata['name'])};
			}),
		ports: async (service, namespace = own) =>
			(await get('Service', namespace))
				.map((item) => record(item))
				.filter(({metadata}) => record(metadata)['name'] === service)
				.flatMap(({spec}) => list(record(spec)['ports']).map((port) => record(port)))
				.flatMap(({name, port}) => (name === undefined ? [String(port)] : [text(name), String(port)])),
		urls: async () =>
			(await get('Ingress', flags.allNamespaces ? '*' : own))
				.map((item) => record(record(item)['spec']))
				.flatMap(({rules, tls}) =>
					list(rules).flatMap((rule) => {
						const {host, http} = record(rule);
						const isTls = list(tls).some((each) => list(record(each)['hosts']).includes(host));
						return list(record(http)['paths']).map((path) =>
							urlOf(text(host), text(record(path)['path']), isTls),
						);
					}),
				)
				.flatMap((url) => url ?? []),
		close: () => connection.close(),
	};
}

const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

function urlOf(host: string, path: string, isTls: boolean): string | undefined {
	const isConcrete = host !== '' && !host.includes('*') && /^[\w./-]*$/u.test(path);
	return isConcrete ? `${isTls ? 'https' : 'http'}://${host}${path || '/'}` : undefined;
}
