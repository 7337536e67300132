import type {LabelSelector} from '../../source/model/matching/label-selector.ts';
import {matchesSelector} from '../../source/model/matching/label-selector.ts';
import type {Pod} from '../../source/model/workloads/pod.ts';
import type {Protocol} from '../../source/model/services/service.ts';
import type {Snapshot} from '../../source/model/snapshot.ts';
import {evaluateConnection, type Side} from '../../source/rules/network-policy/evaluate-connection.ts';
import {projectLabelSelector} from '../../source/projection/label-selector.ts';
import {project} from '../../source/projection/project.ts';
import {list, number, record, text, textMap, type Wire} from '../../source/projection/wire.ts';
import {createStore} from '../../source/store/store.ts';
import type {VectorCase, VectorResult} from './dns.ts';

/** Runs a NetworkPolicy case through the functions that the walk uses. */
export function runNetworkPolicyCase({given, when, expect}: VectorCase): VectorResult {
	switch (when['query']) {
		case 'connectivityMatrix':
			return matrixCase(given, when, expect);
		case 'traffic':
			return trafficCase(given, record(when['traffic']), expect);
		case 'selectorMatches': {
			const selector: LabelSelector = projectLabelSelector(given['selector']);
			const got = matchesSelector(selector, textMap(given['labels']));
			return {pass: got === expect['matches'], expected: expect, got};
		}
		default:
			return {skip: `no such query: ${text(when['query'])}`};
	}
}

function matrixCase(given: Wire, when: Wire, expect: Wire): VectorResult {
	const pods = list(given['pods']).map((wire) =>
		podOf(record(wire), list(given['containerPortsOfEveryPod'])),
	);
	const snapshot = snapshotOf(given, list(given['namespaces']).map(record));
	const denied = pods.flatMap((from) =>
		pods
			.filter((to) => to !== from)
			.filter((to) => !isAllowed(snapshot, {from: {pod: from}, to: {pod: to}, ...connection(when)}))
			.map((to) => `${from.namespace}/${from.name} → ${to.namespace}/${to.name}`),
	);
	const told = list(expect['denied'] ?? expect['allowed']).map((pair) => list(pair).map(text).join(' → '));
	const expected = expect['default'] === 'denied' ? othersThan(told, pods) : told;
	return {
		pass: JSON.stringify(denied.toSorted()) === JSON.stringify(expected.toSorted()),
		expected,
		got: denied,
	};
}

/** What is denied where a case lists what is allowed. */
function othersThan(allowed: readonly string[], pods: readonly Pod[]): readonly string[] {
	return pods
		.flatMap((from) => pods.filter((to) => to !== from).map((to) => [from, to]))
		.map((pair) => pair.map(({namespace, name}) => `${namespace}/${name}`).join(' → '))
		.filter((pair) => !allowed.includes(pair));
}

function trafficCase(given: Wire, traffic: Wire, expect: Wire): VectorResult {
	const [source, destination] = [record(traffic['source']), record(traffic['destination'])];
	const namespaces = [source, destination]
		.filter((side) => side['namespace'] !== undefined)
		.map((side) => ({name: side['namespace'], labels: side['namespaceLabels']}));
	const {ingress, egress} = evaluateConnection({
		snapshot: snapshotOf(given, namespaces),
		from: sideOf(source, 'source'),
		to: sideOf(withNamedPort(destination, traffic), 'destination'),
		...connection(traffic),
	});
	const got = {
		ingress: ingress.verdict === 'allowed',
		egress: egress.verdict === 'allowed',
		allowed: ingress.verdict === 'allowed' && egress.verdict === 'allowed',
	};
	const pass = Object.entries(expect).every(([key, value]) => value === record(got)[key]);
	return {pass, expected: expect, got};
}

/** A case that names the port, and no container that has it, means the destination to have it. */
function withNamedPort(destination: Wire, traffic: Wire): Wire {
	const {port, portName, protocol} = traffic;
	return portName === undefined
		? destination
		: {containerPorts: [{name: portName, containerPort: port, protocol}], ...destination};
}

function connection(wire: Wire): {readonly port: number; readonly protocol: Protocol} {
	return {port: number(wire['port']), protocol: text(wire['protocol']) as Protocol};
}

function sideOf(side: Wire, name: string): Side {
	const ip = text(side['ip']);
	return side['namespace'] === undefined
		? {ip}
		: {pod: podOf({...side, name, labels: side['podLabels']}, list(side['containerPorts'])), ip};
}

function podOf(wire: Wire, ports: readonly unknown[]): Pod {
	return project('Pod', {
		metadata: {
			namespace: wire['namespace'],
			name: wire['name'],
			labels: wire['labels'],
			uid: `${text(wire['namespace'])}/${text(wire['name'])}`,
		},
		spec: {containers: [{name: 'main', ports}]},
		status: {podIPs: [{ip: wire['ip']}]},
	});
}

function isAllowed(
	snapshot: Snapshot,
	request: {readonly from: Side; readonly to: Side; readonly port: number; readonly protocol: Protocol},
): boolean {
	const {ingress, egress} = evaluateConnection({snapshot, ...request});
	return ingress.verdict === 'allowed' && egress.verdict === 'allowed';
}

function snapshotOf(given: Wire, namespaces: readonly Wire[]): Snapshot {
	const {writer, reader} = createStore({unlisted: {state: 'synced'}});
	for (const {name, labels} of namespaces) {
		const object = project('Namespace', {metadata: {name, labels}});
		writer.apply({type: 'apply', kind: 'Namespace', object});
	}

	for (const wire of list(given['networkPolicies']).map(record)) {
		// As with kubectl apply: no namespace is `default`.
		const metadata = {namespace: 'default', ...record(wire['metadata'])};
		const object = project('NetworkPolicy', {...wire, metadata});
		writer.apply({type: 'apply', kind: 'NetworkPolicy', object});
	}

	return reader.snapshot(0);
}
