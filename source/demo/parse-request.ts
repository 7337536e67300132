import {pathOf, resourceOf} from '../cluster/kinds.ts';
import type {Kind} from '../model/kinds.ts';
import {record, text, type Wire} from '../projection/wire.ts';
import type {WorldObject} from './world.ts';

/** Kinds that the simulated server knows; the others answer 404, as absent CRDs do. */
export const servedKinds: readonly Kind[] = [
	'Namespace',
	'Node',
	'Service',
	'EndpointSlice',
	'Pod',
	'Ingress',
	'IngressClass',
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'Event',
	'Secret',
	'ConfigMap',
	'NetworkPolicy',
];

export type ListRequest = {
	readonly kind: Kind;
	readonly apiVersion: string;
	readonly namespace?: string;
	readonly watch: boolean;
	readonly resourceVersion: string;
	readonly limit: number;
	readonly continueToken: string;
	/** Milliseconds after which a watch ends; 0 never. */
	readonly timeout: number;
	readonly bookmarks: boolean;
	readonly sendInitialEvents: boolean;
	matches(object: WorldObject): boolean;
};

const namespaced =
	/^(?<root>\/api\/v1|\/apis\/[^/]+\/[^/]+)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<plural>[^/]+)$/u;

/** Undefined for anything but a list or watch of a kind that is served. */
export function parseRequest(url: URL): ListRequest | undefined {
	const groups = namespaced.exec(url.pathname)?.groups;
	const apiVersion = groups?.['root']?.replace(/^\/apis?\//u, '') ?? '';
	const kind = servedKinds.find(
		(each) => pathOf(resourceOf(each), apiVersion) === `${groups?.['root']}/${groups?.['plural']}`,
	);
	if (!kind || !resourceOf(kind).apis.includes(apiVersion)) {
		return undefined;
	}

	const query = url.searchParams;
	const namespace = groups?.['namespace'];
	const fields = parseFields(query.get('fieldSelector') ?? '');
	return {
		kind,
		apiVersion,
		namespace,
		watch: query.get('watch') === 'true' || query.get('watch') === '1',
		resourceVersion: query.get('resourceVersion') ?? '',
		limit: Number(query.get('limit') ?? 0),
		continueToken: query.get('continue') ?? '',
		timeout: Number(query.get('timeoutSeconds') ?? 0) * 1000,
		bookmarks: query.get('allowWatchBookmarks') === 'true',
		sendInitialEvents: query.get('sendInitialEvents') === 'true',
		matches: (object) =>
			object.kind === kind &&
			(namespace === undefined || object.metadata.namespace === namespace) &&
			fields.every(({path, equals, value}) => (text(valueAt(object, path)) === value) === equals),
	};
}

type FieldRequirement = {readonly path: string; readonly equals: boolean; readonly value: string};

function parseFields(selector: string): readonly FieldRequirement[] {
	return selector
		.split(',')
		.filter(Boolean)
		.map((part) => {
			const equals = !part.includes('!=');
			const [path = '', value = ''] = part.split(equals ? /==?/u : '!=');
			return {path, equals, value};
		});
}

function valueAt(object: Wire, path: string): unknown {
	return path.split('.').reduce<unknown>((value, key) => record(value)[key], object);
}
