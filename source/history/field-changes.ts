import type {Endpoint} from '../model/services/endpoint-slice.ts';
import type {Condition} from '../model/meta.ts';
import type {ContainerState} from '../model/workloads/pod.ts';
import type {FieldChange} from './change.ts';

type Fields = Readonly<Record<string, unknown>>;

/** More fields of one change are cut. */
const mostFields = 12;
/** A longer value is cut. */
const longestValue = 80;

/** Fields that say nothing to people, or that the rest says better. */
const untold = new Set([
	'uid',
	'resourceVersion',
	'generation',
	'createdAt',
	'changedAt',
	'observedGeneration',
	'since',
	'lastStartedAt',
	'lastFinishedAt',
	'triggeredAt',
	'message',
]);

/** Annotations that controllers write with each change. */
const untoldPairs = new Set([
	'endpoints.kubernetes.io/last-change-trigger-time',
	'deployment.kubernetes.io/revision',
]);

/** What has changed between two forms of an object, field by field of the projection. */
export function fieldChanges(before: object, after: object): readonly FieldChange[] {
	return ofFields(before as Fields, after as Fields, '').slice(0, mostFields);
}

function ofFields(before: Fields, after: Fields, path: string): readonly FieldChange[] {
	// How many endpoints are ready is the news of a slice: its ports come and go with them.
	const keys = new Set(['endpoints', ...Object.keys(before), ...Object.keys(after)]);
	return [...keys].flatMap((key) =>
		before[key] === after[key] || untold.has(key)
			? []
			: ofField(key, before[key], after[key], path === '' ? key : `${path}.${key}`),
	);
}

function ofField(key: string, before: unknown, after: unknown, path: string): readonly FieldChange[] {
	switch (key) {
		case 'deletedAt':
			return before === undefined ? [{path: 'deletion', is: 'asked for'}] : [];
		case 'endpoints':
			return ofEndpoints((before ?? []) as readonly Endpoint[], (after ?? []) as readonly Endpoint[]);
		case 'conditions':
			return ofItems(before, after, path, (each) => conditionText(each as Condition));
		case 'state':
			return leaf(path, stateText(before), stateText(after));
		case 'data':
			return ofDocuments(fieldsOf(before), fieldsOf(after), path);
		default:
			return ofValue(before, after, path);
	}
}

function ofValue(before: unknown, after: unknown, path: string): readonly FieldChange[] {
	if (Array.isArray(before ?? after) && hasObjects(before ?? after, after ?? before)) {
		return ofItems(before, after, path);
	}

	if (isTextMap(before ?? after) && isTextMap(after ?? before)) {
		return ofTextMap(fieldsOf(before), fieldsOf(after), path);
	}

	return isFields(before) && isFields(after)
		? ofFields(before, after, path)
		: leaf(path, brief(before), brief(after));
}

function leaf(path: string, was: string | undefined, is: string | undefined): readonly FieldChange[] {
	return was === is ? [] : [{path, was, is}];
}

/** The pairs that differ: `app=api` → `app=apii`. */
function ofTextMap(before: Fields, after: Fields, path: string): readonly FieldChange[] {
	const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
		(key) => before[key] !== after[key] && !untoldPairs.has(key),
	);
	const pairs = (map: Fields): string | undefined =>
		brief(
			differing.flatMap((key) => (Object.hasOwn(map, key) ? [`${key}=${String(map[key])}`] : [])).join(','),
		) || undefined;
	return leaf(path, pairs(before), pairs(after));
}

/** Of each document the first line that differs; one that was put in, or taken out, is told apart from one that changed. */
function ofDocuments(before: Fields, after: Fields, path: string): readonly FieldChange[] {
	return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
		const was = linesOf(before[name]);
		const is = linesOf(after[name]);
		const at = sameLines(was, is);
		const last = Math.min(sameLines(was.toReversed(), is.toReversed()), was.length - at, is.length - at);
		return leaf(
			`${path}.${name} line ${at + 1}`,
			firstText(was.slice(at, was.length - last)),
			firstText(is.slice(at, is.length - last)),
		);
	});
}

/** How many lines agree from the start. */
function sameLines(before: readonly string[], after: readonly string[]): number {
	const at = before.findIndex((line, position) => line !== after[position]);
	return at < 0 ? before.length : at;
}

/** A comment was kept as an empty line. */
function firstText(lines: readonly string[]): string | undefined {
	return brief(lines.map((line) => line.trim()).find((line) => line !== ''));
}

function linesOf(text: unknown): readonly string[] {
	return typeof text === 'string' ? text.split('\n') : [];
}

/** How many are ready, and which addresses came and went. */
function ofEndpoints(before: readonly Endpoint[], after: readonly Endpoint[]): readonly FieldChange[] {
	const ready = (all: readonly Endpoint[]): string =>
		`${all.filter((each) => each.ready).length} of ${all.length}`;
	const addresses = (all: readonly Endpoint[]): ReadonlySet<string> =>
		new Set(all.flatMap((endpoint) => endpoint.addresses));
	const [had, has] = [addresses(before), addresses(after)];
	return [
		...leaf('ready endpoints', ready(before), ready(after)),
		...leaf(
			'endpoints',
			brief([...had].filter((address) => !has.has(address)).join(', ')) || undefined,
			brief([...has].filter((address) => !had.has(address)).join(', ')) || undefined,
		),
	];
}

/** Lists of objects are compared item by item: each is known by its name. */
function ofItems(
	before: unknown,
	after: unknown,
	path: string,
	textOf?: (item: unknown) => string,
): readonly FieldChange[] {
	const [old, fresh] = [byName(before), byName(after)];
	const renamed = textOf ? undefined : renamedOf(old, fresh);
	const names = [...old.keys(), ...fresh.keys()].filter((name) => name !== renamed?.is);
	return [...new Set(names)].flatMap((name) => {
		const [was, is] = [old.get(name), fresh.get(name === renamed?.was ? renamed.is : name)];
		const place = `${path}[${name}]`;
		return textOf || was === undefined || is === undefined
			? leaf(place, was && (textOf ?? brief)(was), is && (textOf ?? brief)(is))
			: ofFields(was, is, place);
	});
}

/** Where one item went and one came, it became the other: an endpoint port of another name is no port that went. */
function renamedOf(
	old: ReadonlyMap<string, Fields>,
	fresh: ReadonlyMap<string, Fields>,
): {readonly was: string; readonly is: string} | undefined {
	const gone = [...old.keys()].filter((name) => !fresh.has(name));
	const came = [...fresh.keys()].filter((name) => !old.has(name));
	return gone.length === 1 && came.length === 1 ? {was: gone[0]!, is: came[0]!} : undefined;
}

function byName(list: unknown): ReadonlyMap<string, Fields> {
	const items = Array.isArray(list) ? list.filter(isFields) : [];
	return new Map(items.map((item, at) => [nameOf(item) ?? String(at), item]));
}

function nameOf(item: Fields): string | undefined {
	const name = ['name', 'type', 'host', 'cidr', 'path', 'port', 'ip', 'address']
		.map((key) => item[key])
		.find((value) => (typeof value === 'string' && value !== '') || typeof value === 'number');
	return name === undefined ? undefined : plain(name);
}

function conditionText({status, reason}: Condition): string {
	return reason === '' ? status : `${status} ${reason}`;
}

function stateText(value: unknown): string | undefined {
	const {type, reason, exitCode} = (value ?? {}) as Partial<ContainerState>;
	return (
		[type, reason, exitCode === undefined ? undefined : `exit ${exitCode}`].filter(Boolean).join(' ') ||
		undefined
	);
}

function fieldsOf(value: unknown): Fields {
	return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextMap(value: unknown): boolean {
	return isFields(value) && Object.values(value).every((item) => typeof item === 'string');
}

function hasObjects(...lists: readonly unknown[]): boolean {
	return lists.some((list) => Array.isArray(list) && list.some(isFields));
}

function brief(value: unknown): string | undefined {
	if (value === undefined) {
		return undefined;
	}

	const text = Array.isArray(value) && !value.some(isFields) ? value.join(', ') : plain(value);
	return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}

function plain(value: unknown): string {
	if (isFields(value)) {
		return Object.entries(value)
			.filter(([, item]) => item !== undefined && item !== '' && (typeof item !== 'object' || item === null))
			.map(([key, item]) => `${key}=${String(item)}`)
			.join(' ');
	}

	return typeof value === 'string' ? value : JSON.stringify(value);
}
