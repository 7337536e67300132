import {expect, test} from 'vitest';
import {parseTarget} from '../../../source/path/target-text.ts';
import {walk} from '../../../source/path/walk/walk.ts';
import {applyObjects} from '../../../source/feeds/file/apply-objects.ts';
import {parseObjects} from '../../../source/feeds/file/parse-objects.ts';
import {createStore} from '../../../source/store/store.ts';
import {noon, snapshotOf} from '../../helpers/snapshot.ts';

const named = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: app, namespace: web}
spec: {rules: [{host: app.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: app, port: {number: 80}}}}]}}]}
`;

const ingress = `${named}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: any, namespace: shop}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: any, port: {number: 80}}}}]}}]}
`;

function pathsOf(url: string, namespace: string | undefined, snapshot = snapshotOf(ingress)) {
	const parsed = parseTarget(url);
	if ('problem' in parsed) {
		throw new Error(parsed.problem);
	}

	return walk(snapshot, {target: parsed.value, namespace}).paths;
}

test('a host that only a rule of another namespace names is followed there', () => {
	const paths = pathsOf('http://app.example.com/', 'shop');
	expect(paths).toEqual(pathsOf('http://app.example.com/', undefined));
	expect(paths.flatMap(({hops}) => hops.map(({summary}) => summary))).toContain('Prefix / → app:80');
});

test('a host that only a rule for any host takes is followed into its namespace', () => {
	const paths = pathsOf('http://other.example.com/', 'web');
	expect(paths).toEqual(pathsOf('http://other.example.com/', undefined));
	expect(paths.flatMap(({hops}) => hops.map(({summary}) => summary))).toContain('Prefix / → any:80');
});

test('a host that no rule takes is looked for in all namespaces', () => {
	const [path] = pathsOf('http://other.example.com/', 'shop', snapshotOf(named));
	expect(path?.hops.flatMap(({findings}) => findings.map(({message}) => message))).toContain(
		'No Ingress and no route in any namespace names the host other.example.com; the nearest is app.example.com.',
	);
});

test('a host that no readable rule names is unknown where other namespaces may not be read', () => {
	const {writer, reader} = createStore({unlisted: {state: 'synced'}});
	applyObjects(writer, parseObjects(named, 'test.yaml'));
	writer.apply({type: 'state', kind: 'Ingress', scope: 'web', state: {state: 'synced'}});
	writer.apply({
		type: 'state',
		kind: 'Ingress',
		state: {state: 'forbidden', group: 'networking.k8s.io', resource: 'ingresses', reason: 'no'},
	});
	const [path] = pathsOf('http://other.example.com/', 'web', reader.snapshot(noon));
	expect([path?.verdict, path?.symptom]).toEqual(['unknown', undefined]);
	expect(path?.hops.flatMap(({findings}) => findings.map(({code}) => code))).toEqual(['KNET901']);
});
