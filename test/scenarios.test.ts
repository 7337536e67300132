import {readFileSync, writeFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {catalogue} from '../source/path/catalogue.ts';
import {evaluateDns} from '../source/path/dns/dns-report.ts';
import type {Finding} from '../source/path/finding.ts';
import type {Trace} from '../source/path/report.ts';
import {dnsText, scanText, traceText} from '../source/commands/output/printer.ts';
import {
	expectedFile,
	readScenario,
	scanOf,
	scenarioNames,
	snapshotOfScenario,
	textOf,
	traceOf,
	type Scenario,
} from './helpers/scenario.ts';
import {schemaErrors} from './helpers/schema.ts';
// Tests of their own. In one file with these, each scenario is read, walked and scanned once for all.
import './scenarios/evidence.ts';
import './scenarios/overview.ts';

const scenarios = scenarioNames().map(readScenario);
const metadata = {at: '2026-01-01T12:00:00.000Z', source: 'file', knetVersion: '0.0.0'} as const;

function findingsOf({paths}: Pick<Trace, 'paths'>): readonly Finding[] {
	return paths.flatMap(({hops}) => hops.flatMap(({findings}) => findings));
}

function codesOf(scenario: Scenario): ReadonlySet<string> {
	return new Set(findingsOf(traceOf(scenario)).map(({code}) => code));
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (name, scenario) => {
	const trace = traceOf(scenario);
	const codes = codesOf(scenario);

	test('is told in the words of expected.txt', () => {
		const text = textOf(trace);
		if (process.env['UPDATE']) {
			writeFileSync(expectedFile(name), text);
		}

		expect(text).toBe(readFileSync(expectedFile(name), 'utf8'));
	});

	test('says what it is there to show, and not what it nearly shows', () => {
		expect(scenario.says.filter((code) => !codes.has(code))).toEqual([]);
		expect(scenario.nearMiss.filter((code) => codes.has(code))).toEqual([]);
	});
});

/** How a sentence begins that says what is, not what to do. */
const told = /^(?:An?|Any|Each|It|Its|No|None|Nothing|Only|That|The|There|They|This|What|Whether)\b/u;

/** A reason in parentheses, and words of others in quotation marks, may be longer. */
test('what each finding says has at most 120 characters', () => {
	const paths = scenarios.flatMap((scenario) => [...traceOf(scenario).paths, ...scanOf(scenario).paths]);
	const messages = new Set(findingsOf({paths}).map(({message}) => message));
	const said = [...messages].map((message) => message.split('"')[0]!.replace(/ \(.*\)/u, ''));
	expect(said.filter((words) => words.length > 120)).toEqual([]);
});

test('the remedy of each finding is an imperative', () => {
	const remedies = new Set(
		scenarios.flatMap((scenario) => findingsOf(traceOf(scenario)).map(({remedy}) => remedy)),
	);
	expect(
		[...remedies].filter((words) => !/^(?:If .*, )?[A-Z][a-z]+/u.test(words) || told.test(words)),
	).toEqual([]);
});

/** Printed with -o `output`: the trace of a scenario, its scan, and look-ups of names that lead somewhere and nowhere. */
function printed(scenario: Scenario, output: 'json' | 'yaml'): Promise<readonly string[]> {
	const options = {metadata, env: {}, isTerminal: false, flags: {output}};
	const from = scenario.from ?? {kind: 'node'};
	const lookUps = ['web', 'web.shop', 'nobody.shop.svc', 'app.example.com', '10.96.4.2'].map((name) =>
		evaluateDns(snapshotOfScenario(scenario), {name, from, namespace: 'shop'}),
	);
	return Promise.all([
		traceText(traceOf(scenario), options),
		scanText(scanOf(scenario), options),
		...lookUps.map((lookUp) => dnsText(lookUp, options)),
	]);
}

test('every report fits the schema', async () => {
	const faults: string[] = [];
	const checked = new Set<string>();
	for (const scenario of scenarios) {
		// Many clusters answer the same name alike.
		for (const text of (await printed(scenario, 'json')).filter((report) => !checked.has(report))) {
			checked.add(text);
			faults.push(...schemaErrors(JSON.parse(text)).map((error) => `${scenario.name}: ${error}`));
		}
	}

	expect(faults).toEqual([]);
});

// One printer prints them all: these differ in what a report may hold.
test.each([
	'service-works',
	'gateway-works-with-traefik',
	'ingress-works-with-ingress-nginx',
	'no-ready-endpoints-behind-traefik',
	'policy-denies-dns',
	'proxy-rules-missing',
	'services-forbidden',
	'tls-certificate-expired',
	'topology-excludes-endpoints',
	'watches-down',
])('the reports of %s say the same as JSON and as YAML', async (name) => {
	const [json, yaml] = await Promise.all(
		(['json', 'yaml'] as const).map((output) => printed(readScenario(name), output)),
	);
	expect(yaml?.map((text): unknown => parse(text))).toEqual(json?.map((text): unknown => JSON.parse(text)));
});

const healthy = scenarios.filter((scenario) => scenario.healthy);

test.each(healthy.map((scenario) => [scenario.name, scenario] as const))('%s is well', (_, scenario) => {
	const trace = traceOf(scenario);
	const wrong = findingsOf(trace).filter(({severity, undecided}) => severity !== 'info' || undecided);
	expect(wrong).toEqual([]);
	expect(trace.verdict).toBe('ok');
});

test('every code of the catalogue has a scenario that says it', () => {
	const said = new Set(scenarios.flatMap(({says}) => says));
	expect(Object.keys(catalogue).filter((code) => !said.has(code))).toEqual([]);
});

test('every code of the catalogue has a scenario that nearly says it', () => {
	const missed = new Set(scenarios.flatMap(({nearMiss}) => nearMiss));
	expect(Object.keys(catalogue).filter((code) => !missed.has(code))).toEqual([]);
});

test('says and near-miss name codes of the catalogue', () => {
	const named = scenarios.flatMap(({says, nearMiss}) => [...says, ...nearMiss]);
	expect(named.filter((code) => !catalogue[code])).toEqual([]);
});
