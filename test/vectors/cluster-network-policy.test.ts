import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {Kind} from '../../source/model/kinds.ts';
import type {Pod} from '../../source/model/workloads/pod.ts';
import type {Protocol} from '../../source/model/services/service.ts';
import type {Snapshot} from '../../source/model/snapshot.ts';
import {project} from '../../source/projection/project.ts';
import {list, number, record, text, type Wire} from '../../source/projection/wire.ts';
import {evaluateConnection} from '../../source/rules/network-policy/evaluate-connection.ts';
import {createStore} from '../../source/store/store.ts';

/** Client, protocol, server, port, and whether the connection is made. */
type Poke = readonly [string, Protocol, string, number, boolean];

type Case = {
	readonly id: string;
	readonly source: string;
	readonly policies: string;
	readonly slytherinLabel?: string;
	readonly pokes: readonly Poke[];
};

/** The conformance tests of network-policy-api: their manifests as each test changes them, and every connection they make. */
const {pods, policies, cases} = JSON.parse(
	readFileSync(new URL('cases/cluster-network-policy.json', import.meta.url), 'utf8'),
) as {
	readonly pods: Readonly<Record<string, string>>;
	readonly policies: Readonly<Record<string, readonly Wire[]>>;
	readonly cases: readonly Case[];
};

const houseOf: Readonly<Record<string, string>> = {
	'harry-potter': 'gryffindor',
	'draco-malfoy': 'slytherin',
	'cedric-diggory': 'hufflepuff',
	'luna-lovegood': 'ravenclaw',
	centaur: 'forbidden-forrest',
};

const toNamespace = (house: string): string => `network-policy-conformance-${house}`;

function podOf(name: string): Pod {
	const house = houseOf[name.replace(/-\d$/u, '')] ?? '';
	const isHost = house === 'forbidden-forrest';
	return project('Pod', {
		metadata: {name, namespace: toNamespace(house), labels: {'conformance-house': house}},
		spec: {
			hostNetwork: isHost,
			nodeName: isHost ? `node-${name.at(-1)}` : 'node-of-pods',
			containers: [
				{
					name: 'main',
					ports: [
						{name: 'web', containerPort: 80, protocol: 'TCP'},
						{name: 'dns', containerPort: 53, protocol: 'UDP'},
					],
				},
			],
		},
		status: {podIPs: [{ip: pods[name]}]},
	});
}

function snapshotOf(objects: readonly Wire[], slytherin: string): Snapshot {
	const {writer, reader} = createStore({unlisted: {state: 'synced'}});
	const apply = (kind: Kind, wire: Wire): void =>
		writer.apply({type: 'apply', kind, object: project(kind, wire)} as Parameters<typeof writer.apply>[0]);
	for (const house of Object.values(houseOf)) {
		apply('Namespace', {
			metadata: {
				name: toNamespace(house),
				labels: {'conformance-house': house === 'slytherin' ? slytherin : house},
			},
		});
	}

	for (const at of [0, 1]) {
		const address = pods[`centaur-${at}`];
		apply('Node', {
			metadata: {name: `node-${at}`, labels: {'kubernetes.io/os': 'linux'}},
			status: {addresses: [{type: 'InternalIP', address}]},
		});
	}

	for (const wire of objects) {
		apply(text(wire['kind']) as Kind, wire);
	}

	return reader.snapshot(0);
}

function isMade(snapshot: Snapshot, [client, protocol, server, port]: Poke): boolean {
	const from = podOf(client.split('/')[1] ?? '');
	const to = podOf(server);
	const {ingress, egress} = evaluateConnection({
		snapshot,
		from: {pod: from},
		to: {pod: to, ip: pods[server]},
		protocol,
		port,
	});
	expect([ingress.verdict, egress.verdict]).not.toContain('undecidable');
	return ingress.verdict === 'allowed' && egress.verdict === 'allowed';
}

/** As v1alpha1 writes it: two kinds, `ports`, and Allow for Accept. */
function toAlpha1(wire: Wire): Wire {
	const spec = record(wire['spec']);
	if (wire['kind'] !== 'ClusterNetworkPolicy') {
		return wire;
	}

	const rule = (value: unknown): Wire => {
		const {action, protocols, ...rest} = record(value);
		return {
			...rest,
			action: action === 'Accept' ? 'Allow' : action,
			ports: protocols && list(protocols).map((each) => toAlpha1Port(record(each))),
		};
	};
	const isBaseline = spec['tier'] === 'Baseline';
	return {
		...wire,
		apiVersion: 'policy.networking.k8s.io/v1alpha1',
		kind: isBaseline ? 'BaselineAdminNetworkPolicy' : 'AdminNetworkPolicy',
		spec: {
			priority: isBaseline ? undefined : spec['priority'],
			subject: spec['subject'],
			ingress: list(spec['ingress']).map(rule),
			egress: list(spec['egress']).map(rule),
		},
	};
}

function toAlpha1Port(protocol: Wire): Wire {
	const [name, value] = Object.entries(protocol)[0] ?? ['', undefined];
	const {number: port, range} = record(record(value)['destinationPort']);
	return name === 'destinationNamedPort'
		? {namedPort: value}
		: range
			? {portRange: {protocol: name.toUpperCase(), ...record(range)}}
			: {portNumber: {protocol: name.toUpperCase(), port: number(port)}};
}

describe('conformance of ClusterNetworkPolicy (v1alpha2)', () => {
	test.each(cases.map((item) => [item.id, item] as const))('%s', (_, item) => {
		const snapshot = snapshotOf(policies[item.policies] ?? [], item.slytherinLabel ?? 'slytherin');
		expect(item.pokes.map((poke) => [poke, isMade(snapshot, poke)])).toEqual(
			item.pokes.map((poke) => [poke, poke[4]]),
		);
	});
});

describe('the same as AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1)', () => {
	test.each(cases.map((item) => [item.id, item] as const))('%s', (_, item) => {
		const snapshot = snapshotOf(
			(policies[item.policies] ?? []).map(toAlpha1),
			item.slytherinLabel ?? 'slytherin',
		);
		expect(item.pokes.map((poke) => [poke, isMade(snapshot, poke)])).toEqual(
			item.pokes.map((poke) => [poke, poke[4]]),
		);
	});
});
