import {readdirSync, readFileSync} from 'node:fs';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {scan} from '../../source/path/walk/scan.ts';
import type {Wire} from '../../source/projection/wire.ts';
import {argvOf} from '../helpers/shell.ts';
import {expectedFile, readScenario, scenarioNames} from '../helpers/scenario.ts';
import {snapshotOf, snapshotOfObjects} from '../helpers/snapshot.ts';

const poison = `'; touch pwned; echo '$(touch pwned)\`touch pwned\``;

/** Fields whose text the walk takes into commands: names of objects, of namespaces, of classes, and values of labels. */
const names =
	/^(?:name|namespace|nodeName|ingressClassName|gatewayClassName|secretName|serviceName|controller|app|k8s-app|app\.kubernetes\.io\/name|kubernetes\.io\/(?:ingress\.class|service-name))$/u;

/** The same objects, each of those names with shell code at its end: what was linked stays linked. */
function poisoned(objects: readonly Wire[]): readonly Wire[] {
	const text = JSON.stringify(objects, (key, value: unknown) =>
		names.test(key) && typeof value === 'string' && value !== 'kube-system' ? value + poison : value,
	);
	return JSON.parse(text) as readonly Wire[];
}

/** Every command of every finding of a scan. */
function commandsOf(name: string): readonly string[] {
	const {objects, states, evidence} = readScenario(name);
	return scan(snapshotOfObjects(poisoned(objects), {states, evidence}), undefined).paths.flatMap(({hops}) =>
		hops.flatMap(({findings}) => findings.flatMap(({command}) => command ?? [])),
	);
}

/** One scenario for each command that the expected texts show. */
function scenariosWithCommands(): readonly string[] {
	const shown = new Map<string, string>();
	for (const name of scenarioNames()) {
		for (const [line] of readFileSync(expectedFile(name), 'utf8').matchAll(/\$ kubectl .*/gu)) {
			shown.set(line, shown.get(line) ?? name);
		}
	}

	return [...new Set(shown.values())];
}

describe('a command that a finding offers', () => {
	test('runs kubectl and nothing else, whatever tenants called their objects', async () => {
		const commands = [...new Set(scenariosWithCommands().flatMap(commandsOf))];
		expect(commands.filter((text) => text.includes('touch pwned')).length).toBeGreaterThan(10);
		const directory = await mkdtemp(join(tmpdir(), 'knet-paste-'));
		try {
			const calls = argvOf(
				commands.map((text) => `${text} </dev/null`),
				directory,
			);
			expect(await readdir(directory)).toEqual([]);
			expect(calls.length).toBeGreaterThan(10);
		} finally {
			await rm(directory, {recursive: true});
		}
	});

	test('patches an Ingress with a class that holds quotes', () => {
		const yaml = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: "traefik'; touch pwned; echo '"}
spec: {controller: traefik.io/ingress-controller}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i1
  namespace: shop
  annotations: {kubernetes.io/ingress.class: "traefik'; touch pwned; echo '"}
spec:
  rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
`;
		const [found] = scan(snapshotOf(yaml), undefined)
			.paths.flatMap(({hops}) => hops.flatMap(({findings}) => findings))
			.filter(({code}) => code === 'KNET308');
		const patch = '{"spec":{"ingressClassName":"traefik\'; touch pwned; echo \'"}}';
		expect(argvOf([found?.command ?? ''])).toEqual([
			['-n', 'shop', 'patch', 'ingress', 'i1', '--type', 'merge', '-p', patch],
		]);
	});
});

test('no command is put together by hand', () => {
	const root = fileURLToPath(new URL('../../source/', import.meta.url));
	const found = readdirSync(root, {recursive: true, encoding: 'utf8'})
		.filter((file) => /\.tsx?$/u.test(file) && !file.startsWith('demo/'))
		.filter((file) => /`kubectl [^`]*\$\{/u.test(readFileSync(join(root, file), 'utf8')));
	expect(found).toEqual(['path/kube-proxy/rules-findings.ts']);
});
