import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {applyObjects} from '../../source/feeds/file/apply-objects.ts';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import {playAll} from '../../source/feeds/recording/play.ts';
import {readRecording} from '../../source/feeds/recording/read-recording.ts';
import {createRecorder} from '../../source/feeds/recording/recorder.ts';
import type {RecordingLine} from '../../source/feeds/recording/recording.ts';
import {kindOf} from '../../source/projection/kind-of.ts';
import {project} from '../../source/projection/project.ts';
import {createStore} from '../../source/store/store.ts';
import {differentObjects, readScenario, scenarioNames} from '../helpers/scenario.ts';

const head = JSON.stringify({
	apiVersion: 'knet/v1alpha1',
	kind: 'Recording',
	metadata: {startedAt: 0, knetVersion: '0.0.0'},
});

/** What an object of a kind looks like in a recording. */
function objectOf(yaml: string): {readonly kind: string; readonly object: object} {
	const [wire] = parseObjects(yaml, 'test.yaml');
	const kind = kindOf(String(wire?.['apiVersion']), String(wire?.['kind']))!;
	return {kind, object: project(kind, wire!)};
}

function read(...lines: readonly unknown[]): readonly RecordingLine[] {
	return readRecording([head, ...lines.map((line) => JSON.stringify(line)), ''].join('\n'), 'a.knetrec')
		.lines;
}

const web = objectOf(
	'{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{port: 80}]}}',
);

test('what was recorded is read as it was told: all objects of all scenarios, and their evidence', () => {
	const recorded: string[] = [];
	const {writer} = createStore();
	const published: unknown[] = [];
	const recorder = createRecorder({
		writer: {
			...writer,
			apply: (event) => void published.push(event),
			observe: (evidence) => void published.push(evidence),
		},
		write: (line) => recorded.push(line),
		clock: () => 0,
		metadata: {knetVersion: '0.0.0', context: 'prod'},
	});
	for (const name of scenarioNames()) {
		const {evidence, states} = readScenario(name);
		evidence.forEach((each) => recorder.observe(each));
		for (const [kind, state] of Object.entries(states)) {
			recorder.apply({type: 'state', kind, state} as Parameters<typeof recorder.apply>[0]);
		}
	}

	const rich = readFileSync(fileURLToPath(new URL('../fixtures/rich.yaml', import.meta.url)), 'utf8');
	applyObjects(recorder, [...differentObjects(), ...parseObjects(rich, 'rich.yaml')]);
	const {header, lines} = readRecording(`${recorded.join('\n')}\n`, 'a.knetrec');
	expect(header.metadata).toEqual({startedAt: 0, context: 'prod', knetVersion: '0.0.0'});
	const plain = JSON.parse(JSON.stringify(published)) as unknown;
	expect(lines.map((line) => ('event' in line ? line.event : line.evidence))).toEqual(plain);
});

describe('a recording of somebody else', () => {
	test('reaches the store as safe text', () => {
		const name = 'web\u001B]0;PWN\u0007\u009B31m\u202E\u3164';
		const [line] = read({t: 0, event: {type: 'apply', kind: 'Service', object: {...web.object, name}}});
		expect(line).toMatchObject({event: {object: {name: 'web^[]0;PWN^G<U+009B>31m<U+202E><U+3164>'}}});
	});

	test('brings in nothing that a projection would not keep', () => {
		const pod = objectOf(
			'{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}, spec: {containers: [{name: c}]}}',
		);
		const [container] = (pod.object as {containers: readonly object[]}).containers;
		const planted = {
			...pod.object,
			annotations: {note: 'c4n4ry'},
			secret: 'c4n4ry',
			containers: [{...container, args: ['--password=c4n4ry'], env: 'c4n4ry'}],
		};
		expect(JSON.stringify(read({t: 0, event: {type: 'apply', kind: 'Pod', object: planted}}))).not.toContain(
			'c4n4ry',
		);
	});

	const applied = (object: object) => ({t: 0, event: {type: 'apply', kind: 'Service', object}});
	test.each([
		['an object that is none', applied([]), 'event.object is a list, not an object'],
		['an object without fields', applied({}), 'event.object.namespace is undefined, not text'],
		['ports that are text', applied({...web.object, ports: 'x'}), 'event.object.ports is string, not a list'],
		[
			'a port that is text',
			applied({...web.object, ports: [{name: '', protocol: 'TCP', port: 'x'}]}),
			'event.object.ports[0].port is string, not a number',
		],
		[
			'an unknown kind',
			{t: 0, event: {type: 'apply', kind: '__proto__', object: {}}},
			'event.kind is string, not AdminNetworkPolicy or ',
		],
		[
			'an unknown type',
			{t: 0, event: {type: 'constructor', kind: 'Pod'}},
			'event.type is string, not apply or init-apply or delete or ',
		],
		['evidence that is none', {t: 0, evidence: {type: 'dns'}}, 'evidence.'],
		['no time', {event: {type: 'init', kind: 'Pod'}}, 't is undefined, not a number'],
		['neither event nor evidence', {t: 0}, 'evidence is undefined, not an object'],
	])('with %s is refused by file, line and field', (_, line, sentence) => {
		expect(() => read({t: 0, event: {type: 'init', kind: 'Service'}}, line)).toThrow(
			expect.objectContaining({
				name: 'UserError',
				message: expect.stringContaining(`a.knetrec cannot be read at line 3: ${sentence}`) as string,
			}),
		);
	});

	test('never makes the store throw, whatever it holds', () => {
		const {writer, reader} = createStore();
		playAll({header: readRecording(`${head}\n`, 'a').header, lines: read(applied(web.object))}, writer);
		expect(reader.snapshot(0).get('Service', 'shop', 'web')?.name).toBe('web');
	});
});

test('a last line that was cut off is left out, one before it is not', () => {
	const line = JSON.stringify({t: 0, event: {type: 'init', kind: 'Pod'}});
	expect(readRecording(`${head}\n${line}\n${line.slice(0, 9)}`, 'a').lines).toHaveLength(1);
	expect(() => readRecording(`${head}\n${line.slice(0, 9)}\n${line}\n`, 'a')).toThrow(
		'a cannot be read at line 2: it is undefined, not an object.',
	);
	expect(() => readRecording('{}', 'a')).toThrow('a is not a recording of knet.');
	expect(() => readRecording('null', 'a')).toThrow('a is not a recording of knet.');
});

test('a recording of the former API group is read', () => {
	const {header} = readRecording(`${head.replace('"knet/', '"knet.dev/')}\n`, 'a.knetrec');
	expect(header.apiVersion).toBe('knet/v1alpha1');
});
