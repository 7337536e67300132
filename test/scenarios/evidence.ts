import {expect, test} from 'vitest';
import type {EvidenceField, Finding} from '../../source/path/finding.ts';
import type {Path} from '../../source/path/report.ts';
import type {Wire} from '../../source/projection/wire.ts';
import {fieldsAt} from '../helpers/field-path.ts';
import {idOf, readScenario, scanOf, scenarioNames, traceOf, type Scenario} from '../helpers/scenario.ts';

/** `Service/shop/*` stands for all that there are. */
function isMeant(object: Wire, named: string): boolean {
	return named.endsWith('/*') ? idOf(object).startsWith(named.slice(0, -1)) : idOf(object) === named;
}

function findingsOf(scenario: Scenario): readonly Finding[] {
	const paths: readonly Path[] = [...traceOf(scenario).paths, ...scanOf(scenario).paths];
	return paths.flatMap(({hops}) => hops.flatMap(({findings}) => findings));
}

const absence = /^(?:absent|none|empty|does not exist)\b/u;

/** What objects have beside metadata, spec and status: EndpointSlices, Secrets, ConfigMaps, Events. */
const topFields = new Set([
	'metadata',
	'spec',
	'status',
	'apiVersion',
	'endpoints',
	'ports',
	'addressType',
	'type',
	'data',
	'message',
]);

/** What is wrong with a field that a finding names: nothing, or a word. */
function faultOf({object, path, value}: EvidenceField, objects: readonly Wire[]): string | undefined {
	// Not an object: the vantage of a probe, or a kind that could not be listed.
	if (!/^[A-Z][A-Za-z]+\//u.test(object)) {
		return /[,*]|^[a-z]+$/u.test(object) ? 'names no object' : undefined;
	}

	if (!topFields.has(path.split(/[.[]/u)[0] ?? '')) {
		return 'is no field of any object';
	}

	const found = objects.filter((each) => isMeant(each, object)).flatMap((each) => fieldsAt(each, path));
	if (absence.test(value) || object.endsWith('/*')) {
		return object.endsWith('/*') || found.every(isEmpty) ? undefined : 'is said to be absent, and is there';
	}

	return found.length === 0 ? 'is no field' : isTold(found, value) ? undefined : 'has another value';
}

function isEmpty(value: unknown): boolean {
	return value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}

/** Fields of fields are described; a plain one is quoted, or a part of it. */
function isTold(found: readonly unknown[], value: string): boolean {
	const leaves = found.flatMap((each): readonly unknown[] => (Array.isArray(each) ? each : [each]));
	return leaves.some((leaf) => {
		const text = isPlain(leaf) ? String(leaf) : undefined;
		return text === undefined || value.includes(text) || text.includes(value);
	});
}

function isPlain(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

test.each(scenarioNames())('%s: evidence names fields that are there, with their value', (name) => {
	const scenario = readScenario(name);
	const faults = findingsOf(scenario).flatMap(({code, evidence}) =>
		evidence.flatMap((field) => {
			const fault = faultOf(field, scenario.objects);
			return fault ? [`${code} ${field.object} ${field.path}: ${field.value} ${fault}`] : [];
		}),
	);
	expect([...new Set(faults)]).toEqual([]);
});

test('no finding is without evidence', () => {
	const bare = scenarioNames().flatMap((name) =>
		findingsOf(readScenario(name))
			.filter(({evidence}) => evidence.length === 0)
			.map(({code}) => `${name} ${code}`),
	);
	expect(bare).toEqual([]);
});
