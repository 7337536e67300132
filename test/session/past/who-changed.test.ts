import {expect, test} from 'vitest';
import {createWhoChanged} from '../../../source/session/past/who-changed.ts';
import type {ManagedEntry} from '../../../source/history/who.ts';
import type {ToldChange} from '../../../source/session/state.ts';

const start = Date.UTC(2026, 2, 14, 2, 30);

function change(id: number, seconds: number, field: ToldChange['fields'][number]): ToldChange {
	const object = {kind: 'Deployment', namespace: 'shop', name: 'api'};
	return {id, at: start + seconds * 1000, object, type: 'changed', fields: [field]};
}

async function whoDid(
	changes: readonly ToldChange[],
	fields: object = {'f:spec': {'f:template': {}}},
	index = 0,
) {
	const patch = {
		manager: 'kubectl-patch',
		subresource: '',
		at: start + 8000,
		fields,
	};
	const {promise: known, resolve} = Promise.withResolvers<void>();
	const who = createWhoChanged(() => Promise.resolve([patch]), resolve);
	who.look(changes);
	await known;
	return who.with(changes)[index]?.who;
}

function whoIsAsked(changes: readonly ToldChange[]): readonly string[] {
	const asked: string[] = [];
	const who = createWhoChanged(
		(...object) => {
			asked.push(object.join('/'));
			return Promise.resolve([]);
		},
		() => {},
	);
	who.look(changes);
	return asked;
}

const unpaused = change(3, 8.4, {path: 'paused', was: 'true'});

test('who wrote before the object was seen last did not make its next change', async () => {
	const ready = (seconds: number) => change(2, seconds, {path: 'readyReplicas', was: '2', is: '3'});
	expect(await whoDid([unpaused, ready(8.2)])).toBeUndefined();
	expect(await whoDid([unpaused, ready(7.9)])).toEqual({manager: 'kubectl-patch'});
});

test('of two who take turns both are named, in one order', async () => {
	const entry = (manager: string, seconds: number, fields: object) => ({
		manager,
		subresource: manager === 'hpa' ? 'scale' : '',
		at: start + seconds * 1000,
		fields,
	});
	const replicas = {'f:spec': {'f:replicas': {}}};
	const entries = [entry('hpa', 40, replicas), entry('argocd', 20, {}), entry('kubectl-label', 5, {})];
	const {promise: known, resolve} = Promise.withResolvers<void>();
	const who = createWhoChanged(() => Promise.resolve(entries), resolve);
	const newest = {
		...change(4, 40.4, {path: 'replicas', was: '5', is: '2'}),
		turns: {
			times: 4,
			last: [
				{id: 4, at: start + 40_400},
				{id: 3, at: start + 20_400},
			],
		},
	};
	who.look([newest]);
	await known;
	expect(who.with([newest])[0]?.who).toEqual({manager: 'argocd', against: ['hpa']});
});

test('an answer that comes after the next change names nobody', async () => {
	const {promise: answer, resolve} = Promise.withResolvers<readonly ManagedEntry[]>();
	const {promise: known, resolve: onKnown} = Promise.withResolvers<void>();
	const who = createWhoChanged(() => answer, onKnown);
	const [first, next] = [
		change(1, 10, {path: 'replicas', was: '2', is: '3'}),
		change(2, 12, {path: 'replicas', was: '3', is: '2'}),
	];
	who.look([first]);
	who.look([next, first]);
	const fields = {'f:spec': {'f:replicas': {}}};
	resolve([{manager: 'argocd', subresource: '', at: start + 12_000, fields}]);
	await known;
	await Promise.resolve();
	expect(who.with([next, first]).map((each) => each.who?.manager)).toEqual(['argocd', undefined]);
});

test('who wrote the field later did not make the change that was seen', async () => {
	const replicas = change(3, 4, {path: 'replicas', was: '2', is: '3'});
	expect(await whoDid([replicas], {'f:spec': {'f:replicas': {}}})).toBeUndefined();
	expect(await whoDid([{...replicas, at: start + 8000}], {'f:spec': {'f:replicas': {}}})).toMatchObject({
		manager: 'kubectl-patch',
	});
});

test('who set an image is named though the status of the rollout changed since, not once the object was removed', async () => {
	const image = change(3, 8.4, {path: 'containers[api].image', was: 'api:41', is: 'api:42'});
	const status = change(4, 9, {path: 'updatedReplicas', was: '0', is: '1'});
	const container = {'k:{"name":"api"}': {'f:image': {}}};
	const fields = {'f:spec': {'f:template': {'f:spec': {'f:containers': container}}}};
	expect(await whoDid([status, image], fields, 1)).toMatchObject({manager: 'kubectl-patch'});
	expect(whoIsAsked([{...status, type: 'removed'}, image])).toEqual([]);
});
