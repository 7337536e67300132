import {expect, test} from 'vitest';
import type {Kind} from '../../source/model/kinds.ts';
import {isWorthAsking, whoChanged, type ManagedEntry} from '../../source/history/who.ts';

const entry = (manager: string, at: number, fields: object, subresource = ''): ManagedEntry => ({
	manager,
	at,
	subresource,
	fields,
});

const image = {'f:image': {}};
const deployment: readonly ManagedEntry[] = [
	entry('helm', 1, {'f:metadata': {'f:labels': {'f:app': {}}}, 'f:spec': {'f:selector': {}}}),
	entry('kubectl-set', 2, {
		'f:spec': {'f:template': {'f:spec': {'f:containers': {'k:{"name":"app"}': image}}}},
	}),
	entry('hpa', 3, {'f:spec': {'f:replicas': {}}}, 'scale'),
	entry('kube-controller-manager', 9, {'f:status': {'f:readyReplicas': {}}}, 'status'),
];

test.each([
	['containers[app].image', 'v41', 'v42', 'kubectl-set'],
	['replicas', '1', '3', 'hpa'],
	['readyReplicas', '1', '3', 'kube-controller-manager'],
	['labels', 'app=a', 'app=b', 'helm'],
])('%s was set by its owner', (path, was, is, manager) => {
	expect(whoChanged({kind: 'Deployment', at: 9, fields: [{path, was, is}]}, deployment)?.manager).toBe(
		manager,
	);
});

const pilot = {'f:status': {'f:parents': {}, 'f:listeners': {}, 'f:addresses': {}, 'f:ancestors': {}}};

test.each<[Kind, string]>([
	['HTTPRoute', 'parents[0].conditions[BackendsAvailable]'],
	['Gateway', 'listenerStatus[http].attachedRoutes'],
	['Gateway', 'addresses[0]'],
	['Ingress', 'addresses[192.0.2.1]'],
	['BackendTLSPolicy', 'ancestors[0].conditions[Accepted]'],
])('%s: the controller wrote %s into the status, and nobody who wrote its spec did', (kind, path) => {
	const entries = [
		entry('kubectl-client-side-apply', 3, {'f:spec': {'f:parentRefs': {}, 'f:rules': {}}}),
		entry('pilot-discovery', 4, pilot, 'status'),
	];
	const change = {kind, at: 9, fields: [{path, was: 'True', is: 'False'}]};
	expect(whoChanged(change, entries)?.manager).toBe('pilot-discovery');
	expect(isWorthAsking(kind, {type: 'changed', fields: change.fields})).toBe(false);
});

test('the parents that a route names are its spec', () => {
	const fields = [{path: 'parentRefs[gw].sectionName', was: 'http', is: 'https'}];
	expect(isWorthAsking('HTTPRoute', {type: 'changed', fields})).toBe(true);
});

test('of two owners the last one to write set it', () => {
	const selector = {'f:spec': {'f:selector': {'f:app': {}}}};
	const entries = [entry('helm', 1, selector), entry('kubectl-edit', 5, selector)];
	expect(
		whoChanged(
			{kind: 'Service', at: 5, fields: [{path: 'selector', was: 'app=api', is: 'app=apii'}]},
			entries,
		),
	).toEqual({manager: 'kubectl-edit', at: 5});
});

test('a field that went has no owner: the last one who wrote is named, and no controller of the status', () => {
	expect(
		whoChanged(
			{kind: 'Deployment', at: 9, fields: [{path: 'containers[app].readinessProbe', was: 'x'}]},
			deployment,
		),
	).toMatchObject({manager: 'hpa'});
});

test('where nothing is managed nobody is named', () => {
	expect(whoChanged({kind: 'Service', at: 9, fields: [{path: 'selector', is: 'app=a'}]}, [])).toBeUndefined();
});

const probeWent = {
	kind: 'Deployment',
	at: 30_400,
	fields: [{path: 'containers[app].readinessProbe', was: 'x'}],
} as const;
const applied = (at: number): readonly ManagedEntry[] => [
	entry('kubectl-patch', 2, {'f:spec': {'f:template': {}}}),
	entry('kubectl-client-side-apply', at, {'f:metadata': {'f:annotations': {}}}),
];

test.each([
	['just now', 30_000, 'kubectl-client-side-apply'],
	['before the object was seen last', 29_000, undefined],
	['long after', 40_000, undefined],
])('who wrote %s is named for a field that went: %s', (_, at, manager) => {
	expect(whoChanged({...probeWent, lastSeen: 29_500}, applied(at))).toEqual(manager && {manager});
});

test('who wrote seconds before a field went is not named, also where the object was never seen before', () => {
	expect(whoChanged(probeWent, applied(20_000))).toBeUndefined();
});

test('after a scale to 0 nobody owns the replicas: whoever wrote before is not named', () => {
	const entries = deployment.filter(({manager}) => manager !== 'hpa');
	const scaled = {kind: 'Deployment', fields: [{path: 'replicas', was: '2', is: '0'}]} as const;
	expect(whoChanged({...scaled, at: 2_400_000}, entries)).toBeUndefined();
	expect(whoChanged({...scaled, at: 3}, entries)).toBeUndefined();
});
