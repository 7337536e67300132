import {expect, test} from 'vitest';
import {createWhoChanged} from '../../../source/session/past/who-changed.ts';
import type {ToldChange} from '../../../source/session/state.ts';

const start = Date.UTC(2026, 2, 14, 2, 30);

function change(id: number, seconds: number, field: ToldChange['fields'][number]): ToldChange {
	const object = {kind: 'Deployment', namespace: 'shop', name: 'api'};
	return {id, at: start + seconds * 1000, object, type: 'changed', fields: [field]};
}

async function whoDid(changes: readonly ToldChange[]) {
	const patch = {
		manager: 'kubectl-patch',
		subresource: '',
		at: start + 8000,
		fields: {'f:spec': {'f:template': {}}},
	};
	const {promise: known, resolve} = Promise.withResolvers<void>();
	const who = createWhoChanged(() => Promise.resolve([patch]), resolve);
	who.look(changes);
	await known;
	return who.with(changes)[0]?.who;
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
