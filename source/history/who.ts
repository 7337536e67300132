import type {FieldChange, ObjectChange} from './change.ts';

/** An entry of `metadata.managedFields`, as far as it says who set what. */
export type ManagedEntry = {
	readonly manager: string;
	/** `status`, `scale` …; '' for the object itself. */
	readonly subresource: string;
	/** Milliseconds; absent where the entry has none. */
	readonly at?: number;
	/** `fieldsV1`. */
	readonly fields: unknown;
};

/** Who made a change, as the API server wrote it down. `at` is absent where no entry holds the field: the time is not its. */
export type Who = {
	readonly manager: string;
	readonly at?: number;
	/** Others who take the change back again and again. */
	readonly against?: readonly string[];
};

/** The change was seen within so much of the time that its entry has: whole seconds, and a watch takes a moment. Milliseconds. */
const soon = 3000;

/**
Who set the fields of the newest change of an object. A field that is there has an owner. A field that was removed has none: then it
is whoever wrote when the change was seen, and after the object was seen before (`lastSeen`). Nobody is named for the replicas after
a scale to 0: autoscaling/v1 ScaleSpec leaves the 0 out, so the scale has no entry. Source: KEP-555 (server-side apply), `fieldsV1`.
*/
export function whoChanged(
	{
		kind,
		fields,
		at,
		lastSeen = 0,
	}: Pick<ObjectChange, 'kind' | 'fields' | 'at'> & {readonly lastSeen?: number},
	entries: readonly ManagedEntry[],
): Who | undefined {
	const [field] = wantedFields({kind, fields});
	const owner = field?.is === undefined ? undefined : ownerOf(kind, field, entries);
	if (owner) {
		// Somebody wrote the field again since.
		const isLater = owner.at !== undefined && owner.at - at > soon;
		return isLater ? undefined : {manager: owner.manager, at: owner.at};
	}

	const isScale = field?.path === 'replicas' && field.is !== undefined;
	const writer = isScale ? undefined : newest(writersOf({kind, field, at, lastSeen}, entries));
	return writer && {manager: writer.manager};
}

/**
Who made an earlier change that was taken back since: the owner of the field is another one now. Names whoever wrote when the
change was seen, if only one did.
*/
export function whoElseWrote(
	{kind, fields, at}: Pick<ObjectChange, 'kind' | 'fields' | 'at'>,
	owner: string | undefined,
	entries: readonly ManagedEntry[],
): string | undefined {
	const writers = writersOf({kind, field: fields[0], at, lastSeen: 0}, entries).map((each) => each.manager);
	const [manager, ...further] = new Set(writers.filter((writer) => writer !== owner));
	return further.length === 0 ? manager : undefined;
}

type Seen = Pick<ObjectChange, 'kind' | 'at'> & {
	readonly field: FieldChange | undefined;
	readonly lastSeen: number;
};

/** Who wrote the spec, or the status, when the change of a field was seen, and after the object was seen before. */
function writersOf(
	{kind, field, at, lastSeen}: Seen,
	entries: readonly ManagedEntry[],
): readonly ManagedEntry[] {
	return entries.filter(
		({subresource, at: written}) =>
			isStatus(field, kind) === (subresource === 'status') &&
			written !== undefined &&
			written > lastSeen &&
			Math.abs(at - written) <= soon,
	);
}

function ownerOf(
	kind: string,
	field: FieldChange,
	entries: readonly ManagedEntry[],
): ManagedEntry | undefined {
	const path = wirePath(kind, field);
	const depths = entries.map((entry) => ({entry, depth: depthOf(entry.fields, path)}));
	const deepest = Math.max(0, ...depths.map(({depth}) => depth));
	return deepest === 0
		? undefined
		: newest(depths.filter(({depth}) => depth === deepest).map(({entry}) => entry));
}

function newest(entries: readonly ManagedEntry[]): ManagedEntry | undefined {
	return entries.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
}

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
const statusFields = new Set([
	'parents',
	'ancestors',
	'readyReplicas',
	'updatedReplicas',
	'conditions',
	'loadBalancer',
	'podIPs',
	'hostIP',
	'phase',
	'ready',
	'restarts',
	'reason',
]);

/**
Fields of a status that stand under another name in a projection, or that name something of the spec in other kinds:
where they stand below `status`.
*/
const statusNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	Gateway: {addresses: 'addresses', listenerStatus: 'listeners'},
	ListenerSet: {listenerStatus: 'listeners'},
	XListenerSet: {listenerStatus: 'listeners'},
	Ingress: {addresses: 'loadBalancer'},
	HTTPProxy: {addresses: 'loadBalancer', currentStatus: 'currentStatus'},
	Node: {addresses: 'addresses'},
	OpenShiftRoute: {ingress: 'ingress'},
};

function statusNameOf(first: string, kind: string): string | undefined {
	return statusNames[kind]?.[first] ?? (statusFields.has(first) ? first : undefined);
}

/** For a pod's container these are its status; a template has none. */
const containerStatus = ['state', 'ready', 'restarts'];

/** What somebody wanted, where a change tells that: not how far it has come. */
export function wantedFields({kind, fields}: Pick<ObjectChange, 'kind' | 'fields'>): readonly FieldChange[] {
	const wanted = fields.filter((field) => !isStatus(field, kind));
	return wanted.length > 0 ? wanted : fields;
}

function isStatus(field: FieldChange | undefined, kind: string): boolean {
	const segments = segmentsOf(field);
	const [first = '', last = ''] = [segments[0], segments.at(-1)];
	return statusNameOf(first, kind) !== undefined || (kind === 'Pod' && containerStatus.includes(last));
}

/** Where the field of a projection stands in the object: keys, and values that a list's item is known by. */
function wirePath(kind: string, field: FieldChange): readonly string[] {
	const [first = '', ...rest] = segmentsOf(field);
	const key = /^([^=,]+)=/u.exec(field.is ?? '')?.[1];
	const path = [...rest, ...(key === undefined ? [] : [key])];
	switch (first) {
		case 'labels':
		case 'annotations':
			return ['metadata', first, ...path];
		case 'data':
			return ['data', ...rest.map((name) => name.replace(/ line \d+$/u, ''))];
		case 'endpoints':
		case 'ready endpoints':
			return ['endpoints'];
		case 'containers':
			return workloads.includes(kind)
				? ['spec', 'template', 'spec', first, ...path]
				: [isStatus(field, kind) ? 'status' : 'spec', isStatus(field, kind) ? 'containerStatuses' : first];
		case 'templateLabels':
			return ['spec', 'template', 'metadata', 'labels', ...path];
		default:
			return isStatus(field, kind)
				? ['status', statusNameOf(first, kind) ?? first, ...path]
				: ['spec', first, ...path];
	}
}

/** `containers[app].image` → `containers`, `app`, `image`. */
function segmentsOf(field: FieldChange | undefined): readonly string[] {
	return (field?.path ?? '').split(/[.[\]]+/u).filter((part) => part !== '');
}

/** How far down a path fields are owned; 0 where its first two steps are not (`spec.selector`). */
function depthOf(fields: unknown, path: readonly string[]): number {
	let node = fields;
	let depth = 0;
	for (const segment of path) {
		const next = childOf(node, segment);
		if (next === undefined) {
			break;
		}

		node = next;
		depth++;
	}

	return depth >= Math.min(2, path.length) ? depth : 0;
}

/** `f:NAME`, or the item of a list that has this value among its keys (`k:{"name":"app"}`). */
function childOf(node: unknown, segment: string): unknown {
	if (typeof node !== 'object' || node === null) {
		return undefined;
	}

	const found = Object.entries(node).find(
		([key]) => key === `f:${segment}` || (key.startsWith('k:') && hasValue(key.slice(2), segment)),
	);
	return found?.[1];
}

function hasValue(json: string, value: string): boolean {
	return json.includes(`:${JSON.stringify(value)}`) || json.includes(`:${value}`);
}

/** Kinds whose objects controllers make. */
const madeByControllers = ['Pod', 'EndpointSlice', 'ReplicaSet'];

/** Whether somebody chose this: a status is always written by the same component. */
export function isWorthAsking(kind: string, {type, fields}: Pick<ObjectChange, 'type' | 'fields'>): boolean {
	return type === 'added'
		? !madeByControllers.includes(kind)
		: kind !== 'EndpointSlice' && fields.some((field) => !isStatus(field, kind));
}
