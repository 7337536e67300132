import {assert, asyncProperty, constantFrom, array, integer, record, string, oneof} from 'fast-check';
import {expect, test} from 'vitest';
import {dnsText, scanText, traceText} from '../../source/commands/output/printer.ts';
import {evaluateDns} from '../../source/path/dns/dns-report.ts';
import {scan} from '../../source/path/walk/scan.ts';
import {walk} from '../../source/path/walk/walk.ts';
import type {Wire} from '../../source/projection/wire.ts';
import {unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {hopDetail} from '../../source/view/detail/hop-detail.ts';
import {plainText} from '../../source/view/text/line.ts';
import {readScenario, scenarioNames, type Scenario} from '../helpers/scenario.ts';
import {snapshotOfObjects} from '../helpers/snapshot.ts';

/** What somebody writes into an object to act on the terminal of who looks at it, or to make two names look alike. */
const payloads = [
	'\u001B[2J',
	'\u001B[31m',
	'\u001B[?1049h',
	'\u001B]0;title\u0007',
	'\u001B]8;;http://evil.example\u001B\\link\u001B]8;;\u001B\\',
	'\u001B]52;c;ZXZpbA==\u0007',
	'\u001BP$q"p\u001B\\',
	'\u001B_Gi=1;AAAA\u001B\\',
	'\u001B^private\u001B\\',
	'\u001BXstring\u001B\\',
	'\u001Bc',
	'\u001B[c',
	'\u001B[6n',
	'\u001B[>4;2m',
	'\u001B[?2004l',
	'\u001B(0',
	'\u009B31m',
	'\u009D0;title\u009C',
	'\u0090q\u009C',
	'\u0085',
	'\u0007',
	'\u0008\u0008\u0008',
	'\u007F',
	'\u0000',
	'\u0005',
	'\u000E\u000F',
	'\u000B\u000C',
	'\r',
	'\n',
	'\t',
	'\u202E',
	'\u2066\u2069',
	'\u200F',
	'\u061C',
	'\u200B',
	'\u200D',
	'\uFEFF',
	'\u2028\u2029',
	'\u00AD',
	'\u034F',
	'\u115F',
	'\u3164',
	'\uFFA0',
	'\u2065',
	'\u{1D173}',
	'\uFE0F',
	'\u{E0100}',
	'\u{E0041}',
	'\uD800',
	'\uFFF9',
	'\u2800',
] as const;

// Code points spelt out here, so that they do not rest on what they judge. A line feed ends a line of the output.
const unsafeRanges: ReadonlyArray<readonly [number, number]> = [
	[0x00, 0x09],
	[0x0b, 0x1f],
	[0x7f, 0x9f],
	[0xad, 0xad],
	[0x34f, 0x34f],
	[0x61c, 0x61c],
	[0x115f, 0x1160],
	[0x17b4, 0x17b5],
	[0x180b, 0x180f],
	[0x200b, 0x200f],
	[0x2028, 0x202e],
	[0x2060, 0x206f],
	[0x2800, 0x2800],
	[0x3164, 0x3164],
	[0xd800, 0xdfff],
	[0xfe00, 0xfe0f],
	[0xfeff, 0xfeff],
	[0xffa0, 0xffa0],
	[0xfff9, 0xfffb],
	[0x1d173, 0x1d17a],
	[0xe0000, 0xe0fff],
];

function unsafeIn(text: string): string | undefined {
	const found = Array.from(text).find((character) => {
		const code = character.codePointAt(0) ?? 0;
		return unsafeRanges.some(([first, last]) => code >= first && code <= last);
	});
	return found && `U+${found.codePointAt(0)?.toString(16)}`;
}

const outputs = [undefined, 'wide', 'json', 'yaml', 'markdown', 'name'] as const;
const scenarios = scenarioNames().map(readScenario);
const metadata = {at: '2026-01-01T12:00:00.000Z', source: 'file', knetVersion: '0.0.0'} as const;

/** The same objects with text added to about every `every`th string; what says of which kind they are stays. */
function poisoned(value: unknown, texts: readonly string[], every: number, count = {at: 0}): unknown {
	if (typeof value === 'string') {
		count.at++;
		return count.at % every === 0 ? `${value}${texts[count.at % texts.length]}` : value;
	}

	if (Array.isArray(value)) {
		return value.map((item) => poisoned(item, texts, every, count));
	}

	return typeof value === 'object' && value !== null
		? Object.fromEntries(
				Object.entries(value).map(([key, item]) => [
					key,
					key === 'apiVersion' || key === 'kind' ? item : poisoned(item, texts, every, count),
				]),
			)
		: value;
}

async function printedOf(scenario: Scenario, objects: readonly Wire[]): Promise<string> {
	const snapshot = snapshotOfObjects(objects, scenario);
	const trace = walk(snapshot, {target: scenario.target, from: scenario.from, namespace: scenario.namespace});
	const all = scan(snapshot, undefined);
	const dns = evaluateDns(snapshot, {
		name: 'web.shop',
		from: scenario.from ?? {kind: 'node'},
		namespace: 'shop',
	});
	const texts = await Promise.all(
		outputs.flatMap((output) => {
			const options = {metadata, env: {}, isTerminal: false, flags: {output}};
			return [traceText(trace, options), scanText(all, options), dnsText(dns, options)];
		}),
	);
	const opened = trace.paths.flatMap((path) =>
		path.hops.flatMap((hop) =>
			hopDetail(hop, path, {glyphs: unicodeGlyphs, width: 80, now: scenario.now}).map(plainText),
		),
	);
	return [...texts, ...opened].join('\n');
}

const hostile = oneof(constantFrom(...payloads), string({unit: 'binary', minLength: 1, maxLength: 6}));

test('no text of a cluster reaches an output as anything but text', async () => {
	await assert(
		asyncProperty(
			record({
				scenario: constantFrom(...scenarios),
				texts: array(hostile, {minLength: 1, maxLength: 8}),
				every: integer({min: 1, max: 9}),
			}),
			async ({scenario, texts, every}) => {
				const objects = scenario.objects.map((object) => poisoned(object, texts, every) as Wire);
				const printed = await printedOf(scenario, objects);
				expect(unsafeIn(printed)).toBeUndefined();
			},
		),
		{numRuns: 150, includeErrorInReport: true},
	);
});

test.each(payloads)('%j is made visible in every output', async (payload) => {
	const scenario = readScenario('service-works');
	const objects = scenario.objects.map((object) => poisoned(object, [payload], 3) as Wire);
	expect(unsafeIn(await printedOf(scenario, objects))).toBeUndefined();
});
