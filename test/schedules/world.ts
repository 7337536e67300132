/** Kinds that the schedules drive: built-in ones, a cluster-scoped one, a CRD, one of which only metadata is asked for. */
export const plurals = {
	Pod: 'pods',
	Service: 'services',
	Ingress: 'ingresses',
	Node: 'nodes',
	HTTPRoute: 'httproutes',
	Secret: 'secrets',
} as const;
export type WorldKind = keyof typeof plurals;
export const worldKinds = Object.keys(plurals) as readonly WorldKind[];
export const namespaces = ['shop', 'bank', 'lab'] as const;

export type WorldObject = {
	readonly metadata: {
		readonly namespace: string;
		readonly name: string;
		readonly uid: string;
		readonly resourceVersion: string;
		readonly labels: Readonly<Record<string, string>>;
	};
};
export type Change = {
	readonly version: number;
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly kind: WorldKind;
	readonly object: WorldObject;
};

/** What the server holds: one version for all, as etcd has it, and a log that can be compacted. */
export function createWorld(onChange: (change: Change) => void) {
	const objects = new Map<string, WorldObject>();
	let version = 1;
	let compacted = 0;
	let uids = 0;
	let log: Change[] = [];

	const record = (type: Change['type'], kind: WorldKind, object: WorldObject): void => {
		const change = {version, type, kind, object};
		log.push(change);
		onChange(change);
	};

	const put = (kind: WorldKind, namespace: string, name: string): void => {
		const key = `${kind}/${namespace}/${name}`;
		const old = objects.get(key);
		version++;
		const metadata = {
			namespace,
			name,
			uid: old?.metadata.uid ?? `uid-${++uids}`,
			resourceVersion: String(version),
			labels: {version: String(version)},
		};
		objects.set(key, {metadata});
		record(old ? 'MODIFIED' : 'ADDED', kind, {metadata});
	};

	const remove = (kind: WorldKind, namespace: string, name: string): void => {
		const key = `${kind}/${namespace}/${name}`;
		const old = objects.get(key);
		if (old) {
			version++;
			objects.delete(key);
			record('DELETED', kind, {metadata: {...old.metadata, resourceVersion: String(version)}});
		}
	};

	return {
		put,
		remove,
		get version() {
			return version;
		},
		get compacted() {
			return compacted;
		},
		compact() {
			compacted = version;
			log = [];
		},
		since: (from: number) => log.filter((change) => change.version > from),
		anyOf: (index: number) => log[index % Math.max(log.length, 1)],
		list: (kind: WorldKind, namespace?: string) =>
			[...objects]
				.filter(([key]) => key.startsWith(`${kind}/${namespace === undefined ? '' : `${namespace}/`}`))
				.map(([, object]) => object),
	};
}
