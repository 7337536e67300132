import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openOver} from '../../../source/commands/data-source/open-over.ts';
import {recordingOptions} from '../../../source/commands/data-source/recording-data-source.ts';
import type {Flags} from '../../../source/commands/flags/flags.ts';
import type {Terminal} from '../../../source/commands/output/terminal.ts';
import {playAll} from '../../../source/feeds/recording/play.ts';
import {readRecording} from '../../../source/feeds/recording/read-recording.ts';
import {createSession} from '../../../source/session/create-session.ts';
import {createStore} from '../../../source/store/store.ts';
import {run} from '../../cli/run.ts';
import {directoryOf} from '../../helpers/files.ts';
import {manualClock} from '../../helpers/manual-clock.ts';
import {waitFor} from '../../helpers/wait-for.ts';
import {yamlDataSource} from '../../helpers/yaml-data-source.ts';
import {apiDown, apiUp, shopYaml} from '../cluster.ts';

const start = Date.UTC(2026, 2, 14, 2, 30);

/** The API's Service, with another selector. */
const renamed = `---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop, uid: s-api, resourceVersion: "7"}
spec: {type: ClusterIP, clusterIP: 10.96.0.3, clusterIPs: [10.96.0.3], ipFamilies: [IPv4], selector: {app: apii}, ports: [{port: 80, targetPort: 8080, protocol: TCP}]}
`;

function sessionOver(
	yaml: string,
	options: Partial<Parameters<typeof yamlDataSource>[1]> = {},
	slowness = {milliseconds: 0},
) {
	const manual = manualClock(start);
	let late = 0;
	// Where walks are slow each look at the clock finds it later.
	const clock = {...manual, elapsed: () => manual.elapsed() + (late += slowness.milliseconds)};
	const dataSource = yamlDataSource(yaml, {clock, ...options});
	const session = createSession({
		dataSource,
		clock,
		namespace: 'shop',
		contexts: [],
		open: () => Promise.reject(new Error('no such cluster')),
		version: '1.2.3',
	});
	clock.advance(500);
	const after = (seconds: number, yamlThen: string): void => {
		clock.advance(seconds * 1000);
		dataSource.apply(yamlThen);
		clock.advance(500);
	};
	const verdicts = () =>
		Object.fromEntries(session.getState().entries.map(({title, verdict}) => [title, verdict]));
	return {clock, dataSource, session, after, verdicts};
}

test('a path has the changes of what it was decided from, newest first, and no others', () => {
	const {session, after, clock} = sessionOver(shopYaml);
	session.dispatch({type: 'select', target: 'svc/shop/api:80'});
	clock.advance(500);
	expect(session.getState().selected?.objectChanges).toEqual([]);
	after(60, apiDown);
	after(60, renamed);
	after(60, renamed.replaceAll('api', 'web'));
	const told = session
		.getState()
		.selected?.objectChanges?.map(({at, object, fields}) => [
			(at - start) / 1000,
			`${object.kind}/${object.name}`,
			...fields.map(({path, was, is}) => `${path} ${was} → ${is}`),
		]);
	expect(told?.map(([, object]) => object)).toEqual(['Service/api', 'EndpointSlice/api-x', 'Pod/api-1']);
	expect(told?.[0]).toEqual([121.5, 'Service/api', 'selector app=api → app=apii']);
	expect(told?.[1]).toEqual([61, 'EndpointSlice/api-x', 'ready endpoints 1 of 1 → 0 of 1']);
	expect(told?.[2]).toContain('conditions[Ready] True → False');
	expect(session.getState().selected?.since).toEqual({0: {at: expect.any(Number), by: 'seen'}});
	expect(session.getState().history).toMatchObject({changes: 4, since: start});
});

test('who made a change is asked once, and of objects that people change alone', async () => {
	const asked: string[] = [];
	const {session, after, clock} = sessionOver(shopYaml, {
		readManagers(kind, namespace, name) {
			asked.push(`${kind}/${namespace}/${name}`);
			return Promise.resolve([
				{
					manager: 'kubectl-edit',
					subresource: '',
					at: start + 61_000,
					fields: {'f:spec': {'f:selector': {'f:app': {}}}},
				},
			]);
		},
	});
	session.dispatch({type: 'select', target: 'svc/shop/api:80'});
	after(60, apiDown + renamed);
	await waitFor(() => {
		clock.advance(200);
		expect(session.getState().selected?.objectChanges?.some(({who}) => who !== undefined)).toBe(true);
	});
	const change = session.getState().selected?.objectChanges?.find(({object}) => object.kind === 'Service');
	expect(change?.who).toEqual({manager: 'kubectl-edit', at: start + 61_000});
	expect(asked).toEqual(['Service/shop/api']);
});

test('who made a change is not said where it may not be asked', async () => {
	const {session, after, clock} = sessionOver(shopYaml, {
		readManagers: () => Promise.reject(new Error('the API server forbids it (403)')),
	});
	session.dispatch({type: 'select', target: 'svc/shop/api:80'});
	after(60, renamed);
	await waitFor(() => {
		clock.advance(200);
		expect(session.getState().history?.whoProblem !== undefined).toBe(true);
	});
	expect(session.getState().history?.whoProblem).toBe('the API server forbids it (403)');
	expect(session.getState().selected?.objectChanges?.[0]?.who).toBeUndefined();
});

test('the screen goes back, moment by moment, says what differs, and returns', () => {
	const {session, after, clock, verdicts} = sessionOver(shopYaml);
	after(60, apiDown);
	after(60, apiUp);
	after(60, apiDown);
	const go = (to: 'back' | 'forward' | 'now' | number) => {
		session.dispatch({type: 'past', to});
		clock.advance(500);
		return [verdicts()['svc/api:80'], session.getState().past?.back];
	};
	expect(verdicts()['svc/api:80']).toBe('broken');
	expect(go('back')).toEqual(['ok', 1]);
	expect(session.getState().past).toMatchObject({
		of: 3,
		entries: [{title: 'svc/api:80', was: 'ok', is: 'broken'}],
		objects: expect.arrayContaining([
			expect.objectContaining({object: {kind: 'Pod', namespace: 'shop', name: 'api-1'}}),
		]),
	});
	expect(go('back')).toEqual(['broken', 2]);
	expect(go('back')).toEqual(['ok', 3]);
	expect(go('back')).toEqual(['ok', 3]);
	expect(go('forward')).toEqual(['broken', 2]);
	expect(go(start + 90_000)).toEqual(['broken', 2]);
	expect(go('now')).toEqual(['broken', undefined]);
	expect(go('forward')).toEqual(['broken', undefined]);
});

test('the list stays until the one of the earlier time is there', () => {
	const slowness = {milliseconds: 0};
	const {session, after, clock} = sessionOver(shopYaml, {}, slowness);
	after(60, apiDown);
	after(60, apiUp);
	const lengths = new Set<number>();
	session.subscribe(() => lengths.add(session.getState().entries.length));
	slowness.milliseconds = 5;
	for (const back of [1, 2]) {
		session.dispatch({type: 'past', to: 'back'});
		clock.advance(5000);
		expect(session.getState().past).toMatchObject({back});
	}

	expect([...lengths]).toEqual([session.getState().entries.length]);
});

test('what happens meanwhile leaves the past as it was', () => {
	const {session, after, clock, verdicts} = sessionOver(shopYaml);
	after(60, apiDown);
	session.dispatch({type: 'past', to: 'back'});
	clock.advance(500);
	session.dispatch({type: 'select', target: 'svc/shop/api:80'});
	clock.advance(500);
	after(60, apiUp);
	after(60, apiDown);
	expect(verdicts()['svc/api:80']).toBe('ok');
	expect(session.getState().selected?.trace?.verdict).toBe('ok');
	expect(session.getState().selected?.objectChanges).toEqual([]);
	expect(session.getState().past).toMatchObject({back: 3});
});

test('while the person was away: what broke, and what healed', () => {
	const {session, after, clock} = sessionOver(shopYaml);
	session.dispatch({type: 'focus', isHere: false});
	after(840, apiDown);
	session.dispatch({type: 'focus', isHere: true});
	expect(session.getState().away).toEqual({
		since: start + 500,
		until: clock.now(),
		broke: ['Service/shop/api/80'],
		healed: [],
	});
	session.dispatch({type: 'away-seen'});
	expect(session.getState().away).toBeUndefined();
	session.dispatch({type: 'focus', isHere: false});
	session.dispatch({type: 'focus', isHere: true});
	expect(session.getState().away).toBeUndefined();
});

test('the past is saved as a recording that plays', async () => {
	const directory = await directoryOf({});
	const {session, after, clock} = sessionOver(shopYaml);
	after(60, apiDown);
	after(60, renamed);
	const file = join(directory, 'past.knetrec');
	const save = async () => {
		const {length} = session.getState().notices;
		session.dispatch({type: 'save', file});
		await waitFor(() => expect(session.getState().notices.length).toBeGreaterThan(length));
		return session.getState().notices.at(-1);
	};
	expect(await save()).toMatchObject({
		severity: 'info',
		text: `Saved: knet replay ${file}`,
	});
	expect(await save()).toMatchObject({severity: 'error', text: `${file} exists already.`});
	const recording = readRecording(await readFile(file, 'utf8'), file);
	expect(recording.header.metadata).toMatchObject({startedAt: start, context: 'prod', knetVersion: '1.2.3'});
	const namespaceFor = async (flags: Partial<Flags>) => {
		const {namespace, dataSource} = await recordingOptions(file, flags);
		await dataSource.close();
		return namespace;
	};
	// Others were not read: they would be told as if nothing stood in them.
	expect(await namespaceFor({})).toBe('shop');
	expect(await namespaceFor({namespace: 'billing'})).toBe('billing');
	const printed = await run(['replay', file, '-o', 'json']);
	expect(JSON.parse(printed.stdout)).toMatchObject({namespace: 'shop', verdict: 'broken'});
	expect((await openOver({over: file}, {} as Terminal)).namespace).toBe('shop');
	const at = (milliseconds: number) => {
		const {reader, writer} = createStore();
		playAll({...recording, lines: recording.lines.filter(({t}) => t <= milliseconds)}, writer);
		const snapshot = reader.snapshot(start + milliseconds);
		return [
			snapshot.get('Service', 'shop', 'api')?.selector,
			snapshot.slicesOf('shop', 'api')[0]?.endpoints[0]?.ready,
		];
	};
	expect(at(1000)).toEqual([{app: 'api'}, true]);
	expect(at(100_000)).toEqual([{app: 'api'}, false]);
	expect(at(clock.now() - start)).toEqual([{app: 'apii'}, false]);
});

test('what if: the screen shows what edits would change, until the person comes back', async () => {
	const clock = manualClock(start);
	const dataSource = yamlDataSource(shopYaml, {clock});
	const session = createSession({
		dataSource,
		clock,
		namespace: 'shop',
		contexts: [],
		open: () => Promise.reject(new Error('no such cluster')),
		readEdits: (text) =>
			text === 'none.yaml'
				? Promise.reject(new Error('none.yaml cannot be read.'))
				: Promise.resolve([{type: 'drain', node: text}]),
	});
	clock.advance(500);
	session.dispatch({type: 'select', target: 'svc/shop/api:80'});
	clock.advance(500);
	const suppose = async (text: string, isDone: () => boolean) => {
		session.dispatch({type: 'what-if', text});
		await waitFor(() => {
			clock.advance(200);
			expect(isDone()).toBe(true);
		});
	};
	await suppose('node-a', () => session.getState().selected?.trace?.verdict === 'broken');
	expect(session.getState().supposition).toMatchObject({
		title: 'node-a',
		entries: [
			{title: 'svc/api:80', was: 'ok', is: 'broken'},
			{title: 'svc/web:80', was: 'ok', is: 'broken'},
		],
		assumed: expect.arrayContaining(['The pods that leave Node node-a are not ready anywhere else yet.']),
	});
	const said = () => session.getState().notices.at(-1)?.text;
	await suppose('node-x', () => said() === 'There is no Node node-x.');
	await suppose('none.yaml', () => said() === 'none.yaml cannot be read.');
	session.dispatch({type: 'past', to: 'now'});
	clock.advance(500);
	expect(session.getState().supposition).toBeUndefined();
	expect(session.getState().selected?.trace?.verdict).toBe('ok');
});

test('a step back beyond what is remembered says so', () => {
	const {session, after, clock} = sessionOver(shopYaml);
	const stepBack = () => {
		session.dispatch({type: 'past', to: 'back'});
		clock.advance(500);
		return session.getState().notices.at(-1)?.text;
	};
	expect(stepBack()).toBe('Nothing has changed here since knet began to watch.');
	after(60, renamed);
	stepBack();
	expect(session.getState().past).toMatchObject({back: 1, of: 1});
	expect(stepBack()).toBe('Nothing older is remembered.');
	expect(session.getState().past).toMatchObject({back: 1, of: 1});
});

test('what changed while the past was looked at is told at once in the present', () => {
	const {session, after, clock, dataSource, verdicts} = sessionOver(shopYaml);
	session.dispatch({type: 'select', target: 'svc/shop/api:80'});
	clock.advance(500);
	after(60, apiDown);
	after(60, apiUp);
	session.dispatch({type: 'past', to: 'back'});
	clock.advance(500);
	for (let turn = 0; turn < 6; turn++) {
		after(0.1, turn % 2 === 0 ? apiDown : apiUp);
	}

	session.dispatch({type: 'past', to: 'now'});
	clock.advance(100);
	dataSource.apply(apiDown);
	clock.advance(100);
	expect(verdicts()).toMatchObject({'svc/api:80': 'broken'});
});
