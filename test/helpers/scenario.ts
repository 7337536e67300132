import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import type {Evidence} from '../../source/model/evidence.ts';
import type {Kind} from '../../source/model/kinds.ts';
import type {KindState, Snapshot} from '../../source/model/snapshot.ts';
import type {Trace} from '../../source/path/report.ts';
import {scan, type Scan} from '../../source/path/walk/scan.ts';
import type {Target} from '../../source/path/target.ts';
import {parseSource, parseTarget} from '../../source/path/target-text.ts';
import {walk} from '../../source/path/walk/walk.ts';
import {withInferredSlices} from '../../source/rules/endpoint-slices/inferred-slices.ts';
import type {Wire} from '../../source/projection/wire.ts';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {plainText} from '../../source/view/text/line.ts';
import {traceLines} from '../../source/view/report/text.ts';
import {noon, snapshotOfObjects} from './snapshot.ts';
import type {RequestedSource} from '../../source/model/request.ts';
import type {Parsed} from '../../source/path/target-forms.ts';

/** A situation of test/scenarios: the objects, the question, and what is to be learnt from it. */
export type Scenario = {
	readonly name: string;
	readonly objects: readonly Wire[];
	readonly evidence: readonly Evidence[];
	readonly target: Target;
	readonly from?: RequestedSource;
	readonly namespace?: string;
	readonly now: number;
	readonly states: Partial<Record<Kind, KindState>>;
	/** Codes that the situation is there to bring up, and codes that it nearly brings up. */
	readonly says: readonly string[];
	readonly nearMiss: readonly string[];
	/** Nothing is wrong: no error, no warning, nothing unknown. */
	readonly healthy: boolean;
};

const root = fileURLToPath(new URL('../scenarios/', import.meta.url));
const groundsRoot = fileURLToPath(new URL('../data-sources/', import.meta.url));

/** Where the text stands that `knet trace` prints for a scenario. */
export function expectedFile(name: string): string {
	return `${root}${name}/expected.txt`;
}

export function scenarioNames(): readonly string[] {
	return readdirSync(root, {withFileTypes: true})
		.filter((entry) => entry.isDirectory() && existsSync(`${root}${entry.name}/cluster.yaml`))
		.map(({name}) => name)
		.toSorted();
}

/** The function, computed once an argument: parsing YAML is most of what these tests do. */
function once<From, To>(compute: (from: From) => To): (from: From) => To {
	const known = new Map<From, To>();
	return (from) => {
		if (!known.has(from)) {
			known.set(from, compute(from));
		}

		return known.get(from) as To;
	};
}

/** Reads `cluster.yaml`, whose first comment lines are the question, and the grounds it stands on (`# with:`). */
export const readScenario = once((name: string): Scenario => {
	const text = readFileSync(`${root}${name}/cluster.yaml`, 'utf8');
	const head = headOf(text);
	const evidence = `${root}${name}/evidence.json`;
	const namespace = head.get('namespace');
	return {
		name,
		objects: objectsOf(text, words(head.get('with')), words(head.get('without'))),
		evidence: existsSync(evidence) ? (JSON.parse(readFileSync(evidence, 'utf8')) as Evidence[]) : [],
		target: accepted(parseTarget(head.get('trace') ?? '')),
		...(head.has('from')
			? {from: accepted(parseSource(head.get('from') ?? '', namespace ?? 'default'))}
			: {}),
		...(namespace === undefined ? {} : {namespace}),
		now: head.has('now') ? Date.parse(head.get('now') ?? '') : noon,
		states: statesOf(words(head.get('states'))),
		says: words(head.get('says')),
		nearMiss: words(head.get('near-miss')),
		healthy: head.has('healthy'),
	};
});

function headOf(text: string): ReadonlyMap<string, string> {
	const lines = text.split('\n');
	const end = lines.findIndex((line) => !line.startsWith('#'));
	return new Map(
		lines.slice(0, end).flatMap((line) => {
			const {key = '', value = ''} = /^# (?<key>[a-z-]+)(?:: (?<value>.*))?$/u.exec(line)?.groups ?? {};
			return key === '' ? [] : [[key, value] as const];
		}),
	);
}

function words(text = ''): readonly string[] {
	return text.split(/,\s*/u).filter(Boolean);
}

const objectsOfGround = once((dataSource: string): readonly Wire[] =>
	parseObjects(readFileSync(`${groundsRoot}${dataSource}.yaml`, 'utf8'), dataSource),
);

/** The objects of the grounds and, instead of those of the same name, the scenario's own. */
function objectsOf(text: string, grounds: readonly string[], without: readonly string[]): readonly Wire[] {
	const all = [...grounds.flatMap(objectsOfGround), ...parseObjects(text, 'cluster.yaml')];
	const objects = new Map(all.map((object) => [idOf(object), object]));
	return [...objects]
		.filter(([id]) => !without.some((prefix) => id.startsWith(prefix)))
		.map(([, object]) => object);
}

type Named = {readonly kind: string; readonly metadata: {readonly namespace?: string; readonly name: string}};

/** `Service/shop/web`. */
export function idOf(object: Wire): string {
	const {kind, metadata} = object as Named;
	return [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join('/');
}

/** The value; fails with the problem where there is none. */
export function accepted<T>(parsed: Parsed<T>): T {
	if ('problem' in parsed) {
		throw new Error(parsed.problem);
	}

	return parsed.value;
}

const stateNames: Readonly<Record<string, (kind: Kind) => KindState>> = {
	forbidden: (kind) => ({
		state: 'forbidden',
		resource: `${kind.toLowerCase()}s`,
		group: '',
		reason: `User "nora" cannot list resource "${kind.toLowerCase()}s"`,
	}),
	connecting: () => ({state: 'connecting'}),
	stale: () => ({state: 'stale', since: noon - 90_000, reason: 'ECONNRESET'}),
	fresh: () => ({state: 'stale', since: noon - 2000, reason: 'ECONNRESET'}),
	/** The list left out an object of the name `huge` in the namespace shop, for its size. */
	'without-huge': () => ({
		state: 'synced',
		omitted: [{namespace: 'shop', name: 'huge', bytes: 20 * 1024 * 1024}],
	}),
	'not-installed': () => ({state: 'absent', why: 'not-installed'}),
	'not-in-input': () => ({state: 'absent', why: 'not-in-input'}),
};

/** `Pod=forbidden, Gateway=not-installed`. */
function statesOf(texts: readonly string[]): Partial<Record<Kind, KindState>> {
	return Object.fromEntries(
		texts.map((text) => {
			const [kind = '', name = ''] = text.split('=');
			const make = stateNames[name];
			if (!make) {
				throw new Error(`no state ${name}`);
			}

			return [kind, make(kind as Kind)];
		}),
	);
}

export const snapshotOfScenario = once(({objects, now, evidence, states}: Scenario): Snapshot =>
	withInferredSlices(snapshotOfObjects(objects, {now, evidence, states})),
);

export const traceOf = once((scenario: Scenario): Trace => {
	const {target, from, namespace} = scenario;
	return walk(snapshotOfScenario(scenario), {
		target,
		from,
		namespace: target.kind === 'url' ? undefined : namespace,
	});
});

export const scanOf = once((scenario: Scenario): Scan => scan(snapshotOfScenario(scenario), undefined));

/** Every object of all scenarios once: most stand in many of them. */
export function differentObjects(): readonly Wire[] {
	const all = new Set(scenarioNames().flatMap((name) => readScenario(name).objects));
	return [...new Map([...all].map((object) => [JSON.stringify(object), object])).values()];
}

/** What `knet trace` prints, without colour. */
export function textOf(trace: Trace): string {
	const lines = traceLines(trace, {glyphs: unicodeGlyphs, wide: false});
	return `${lines.map((line) => plainText(line).trimEnd()).join('\n')}\n`;
}
