import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import {keptWire} from '../../source/feeds/snapshot/kept-wire.ts';
import {kindOf} from '../../source/projection/kind-of.ts';
import {project} from '../../source/projection/project.ts';
import type {Wire} from '../../source/projection/wire.ts';
import {differentObjects} from '../helpers/scenario.ts';

const rich = readFileSync(fileURLToPath(new URL('../fixtures/rich.yaml', import.meta.url)), 'utf8');

function all(): readonly Wire[] {
	return [...differentObjects(), ...parseObjects(rich, 'rich')];
}

test('a projection of what a snapshot keeps is that of the whole object', () => {
	const different: string[] = [];
	for (const wire of all()) {
		const kind = kindOf(String(wire['apiVersion']), String(wire['kind']));
		if (kind) {
			const kept = JSON.parse(JSON.stringify(keptWire(kind, wire))) as Wire;
			const [before, after] = [project(kind, wire), project(kind, kept)];
			const fields = Object.entries(before).filter(
				([name, value]) => JSON.stringify(value) !== JSON.stringify(after[name as keyof typeof after]),
			);
			different.push(...fields.map(([name]) => `${kind} ${before.name}: ${name}`));
		}
	}

	expect(different).toEqual([]);
});

test('what no projection reads is not kept', () => {
	const pod = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'web', namespace: 'shop', managedFields: [{}], annotations: {'a/password': 'canary'}},
		spec: {
			volumes: [{name: 'canary'}],
			containers: [
				{
					name: 'web',
					image: 'web:1',
					args: ['--password=canary', '--ingress-class=nginx'],
					env: [
						{name: 'TOKEN', value: 'canary'},
						{name: 'UPSTREAM', value: 'http://canary@10.96.1.1/'},
					],
					readinessProbe: {httpGet: {path: '/ready?token=canary', port: 80}},
				},
			],
		},
	};
	expect(JSON.stringify(keptWire('Pod', pod))).not.toContain('canary');
	expect(keptWire('Pod', pod)).toMatchObject({
		spec: {
			containers: [
				{
					image: 'web:1',
					args: ['--ingress-class=nginx'],
					env: [{name: 'UPSTREAM', value: '10.96.1.1'}],
					readinessProbe: {httpGet: {path: '/ready', port: 80}},
				},
			],
		},
	});
});

test('of an address that projections cut, what they leave is kept', () => {
	const middleware = {
		apiVersion: 'traefik.io/v1alpha1',
		kind: 'Middleware',
		metadata: {name: 'login', namespace: 'shop'},
		spec: {forwardAuth: {address: 'http://canary:canary@auth.shop.svc:8080/verify?key=canary'}},
	};
	const kept = keptWire('Middleware', middleware);
	expect(kept['spec']).toEqual({forwardAuth: {address: 'http://auth.shop.svc:8080/verify'}});
	expect(project('Middleware', kept)).toEqual(project('Middleware', middleware));
});
