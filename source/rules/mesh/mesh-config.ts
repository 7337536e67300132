import type {ConfigMap} from '../../model/settings/config-map.ts';
import {matchesSelector, type LabelSelector} from '../../model/matching/label-selector.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {flagOf} from '../flag-of.ts';
import {memoize} from '../memoize.ts';

/** Where the rules of the whole mesh stand: where istiod runs, unless `rootNamespace` of its ConfigMap says another. */
export function rootNamespace(snapshot: Snapshot): string {
	return (
		/^rootNamespace:\s*["']?(?<name>[\w-]+)/mu.exec(meshConfig(snapshot))?.groups?.['name'] ??
		namespaceOf(istiodOf(snapshot))
	);
}

/** Where sidecars send what they do not know, as the mesh has it (istio.io, MeshConfig). */
export function outboundOfMesh(snapshot: Snapshot): string | undefined {
	return /^outboundTrafficPolicy:\s*(?:\{\s*)?mode:\s*(?<mode>\w+)/mu.exec(meshConfig(snapshot))?.groups?.[
		'mode'
	];
}

/** Whether proxies speak HTTP/2 to plain HTTP ports (MeshConfig h2UpgradePolicy; not by default). */
export function upgradesToHttp2(snapshot: Snapshot): boolean {
	return /^h2UpgradePolicy:\s*["']?UPGRADE/mu.test(meshConfig(snapshot));
}

/**
Whether istiod looks at a namespace: with discoverySelectors at those that one of them selects (istio.io, Configuration Scoping), and at
its own (istio/istio, pkg/kube/namespace/filter.go). What is not known of a namespace counts for it.
*/
export function isDiscovered(snapshot: Snapshot, namespace: string): boolean {
	const config = meshConfigMap(snapshot);
	const selectors = config ? discoverySelectors(config) : [];
	const labels = snapshot.get('Namespace', '', namespace)?.labels;
	return (
		selectors.length === 0 ||
		labels === undefined ||
		namespace === rootNamespace(snapshot) ||
		selectors.some((selector) => matchesSelector(selector, labels))
	);
}

/** Where Services without the annotation are exported to: `*` unless MeshConfig has another defaultServiceExportTo. */
export function defaultExportTo(snapshot: Snapshot): readonly string[] {
	const config = meshConfigMap(snapshot);
	const names = config ? exportTo(config) : [];
	return names.length > 0 ? names : ['*'];
}

const discoverySelectors = memoize(
	(config: ConfigMap) =>
		lineOf(config, /^discoverySelectors: (?<json>\[.*\])$/mu) as readonly LabelSelector[],
);

const exportTo = memoize(
	(config: ConfigMap) => lineOf(config, /^defaultServiceExportTo: (?<json>\[.*\])$/mu) as readonly string[],
);

/** As the projection of the ConfigMap writes a list, one line of JSON. */
function lineOf({data}: ConfigMap, line: RegExp): readonly unknown[] {
	const json = line.exec(data['mesh'] ?? '')?.groups?.['json'];
	return json === undefined ? [] : (JSON.parse(json) as readonly unknown[]);
}

/** The ConfigMap that MeshConfig stands in; of a revision it has its name. */
export function meshConfigPlace(snapshot: Snapshot): {readonly namespace: string; readonly name: string} {
	const istiod = istiodOf(snapshot);
	return {namespace: namespaceOf(istiod), name: meshConfigName(istiod?.labels ?? {})};
}

/** By the labels of istiod. */
export function meshConfigName(labels: Workload['labels']): string {
	const revision = labels['istio.io/rev'] ?? 'default';
	return revision === 'default' ? 'istio' : `istio-${revision}`;
}

/** The domain of names of Services (`--domain` of istiod). */
export function meshDomain(snapshot: Snapshot): string {
	return flagOf(istiodOf(snapshot)?.containers ?? [], 'domain') || 'cluster.local';
}

function istiodOf(snapshot: Snapshot): Workload | undefined {
	return snapshot
		.list('Deployment')
		.find(({name, templateLabels}) => templateLabels['app'] === 'istiod' || name === 'istiod');
}

function namespaceOf(istiod: Workload | undefined): string {
	return istiod?.namespace ?? 'istio-system';
}

function meshConfig(snapshot: Snapshot): string {
	return meshConfigMap(snapshot)?.data['mesh'] ?? '';
}

function meshConfigMap(snapshot: Snapshot): ConfigMap | undefined {
	const {namespace, name} = meshConfigPlace(snapshot);
	return snapshot.get('ConfigMap', namespace, name);
}
