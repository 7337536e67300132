import {readFileSync, writeFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {scan} from '../source/path/scan.ts';
import {catalogue} from '../source/path/catalogue.ts';
import {evaluateDns} from '../source/path/dns/evaluate-dns.ts';
import type {Finding} from '../source/path/finding.ts';
import type {Trace} from '../source/path/report.ts';
import {scanReport, traceReport} from '../source/view/report/report.ts';
import {dnsText, scanText, traceText} from '../source/commands/printer.ts';
import {
	expectedFile,
	readScenario,
	scenarioNames,
	snapshotOfScenario,
	textOf,
	traceOf,
	type Scenario,
} from './helpers/scenario.ts';
import {schemaErrors} from './helpers/schema.ts';

const scenarios = scenarioNames().map(readScenario);
const metadata = {at: '2026-01-01T12:00:00.000Z', source: 'file', knetVersion: '0.0.0'} as const;

function findingsOf({paths}: Trace): readonly Finding[] {
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

	test('makes a report that fits the schema, as JSON and as YAML', async () => {
		const report = traceReport(trace, metadata);
		expect(schemaErrors(report)).toEqual([]);
		const printing = {metadata, env: {}, isTerminal: false};
		const json: unknown = JSON.parse(await traceText(trace, {...printing, flags: {output: 'json'}}));
		expect(parse(await traceText(trace, {...printing, flags: {output: 'yaml'}}))).toEqual(json);
	});

	test('makes a scan that fits the schema, as JSON and as YAML', async () => {
		const scanned = scan(snapshotOfScenario(scenario), undefined);
		expect(schemaErrors(scanReport(scanned, metadata))).toEqual([]);
		const printing = {metadata, env: {}, isTerminal: false};
		const json: unknown = JSON.parse(await scanText(scanned, {...printing, flags: {output: 'json'}}));
		expect(parse(await scanText(scanned, {...printing, flags: {output: 'yaml'}}))).toEqual(json);
	});

	test('makes DNS reports that fit the schema, as JSON and as YAML', async () => {
		const snapshot = snapshotOfScenario(scenario);
		const asking = scenario.from ?? {kind: 'node'};
		const reports = ['web', 'web.shop', 'nobody.shop.svc', 'app.example.com', '10.96.4.2'].map((asked) =>
			evaluateDns(snapshot, {name: asked, from: asking, namespace: 'shop'}),
		);
		const printing = {metadata, env: {}, isTerminal: false};
		const printed = async (output: string): Promise<readonly string[]> =>
			Promise.all(reports.map(async (report) => dnsText(report, {...printing, flags: {output}})));
		const json = (await printed('json')).map((text): unknown => JSON.parse(text));
		expect(json.flatMap(schemaErrors)).toEqual([]);
		expect((await printed('yaml')).map((text): unknown => parse(text))).toEqual(json);
	});
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
