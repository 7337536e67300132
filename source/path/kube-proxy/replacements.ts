import type {ConfigMap} from '../../model/settings/config-map.ts';
import type {RuleSet} from '../../model/evidence.ts';
import type {Node} from '../../model/workloads/node.ts';
import {refOf, refText} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {flagOf, isSet, wordsOf} from '../../rules/kube-proxy/flags.ts';
import {objectField, type EvidenceField} from '../finding.ts';

const namespace = 'kube-system';

/** What does kube-proxy's work, and the object that proves it: a DaemonSet of that name alone proves nothing. */
export type Replacement = {
	readonly name: string;
	readonly daemonSet: Workload;
	readonly mode?: RuleSet['mode'];
	readonly evidence: readonly EvidenceField[];
	/** Absent: wherever its pods run. */
	readonly isOn?: (node: Node | undefined) => boolean;
};

export function replacementsOf(snapshot: Snapshot, daemonSets: readonly Workload[]): readonly Replacement[] {
	return [
		...ofCilium(snapshot, daemonSets),
		...ofCalico(snapshot, daemonSets),
		...daemonSets.flatMap((daemonSet) => ofDaemonSet(snapshot, daemonSet)),
	];
}

/** Up to 1.13 `strict` meant what `true` means now (Cilium, kube-proxy replacement). */
function ofCilium(snapshot: Snapshot, daemonSets: readonly Workload[]): readonly Replacement[] {
	const found = fieldOf(snapshot.get('ConfigMap', namespace, 'cilium-config'), 'kube-proxy-replacement');
	return found && ['true', 'strict'].includes(found.value)
		? daemonSets
				.filter(({name, labels}) => name === 'cilium' || labels['k8s-app'] === 'cilium')
				.map((daemonSet) => ({name: 'Cilium', daemonSet, mode: 'cilium', evidence: [found]}))
		: [];
}

/** calico-node beside kube-proxy is the network plugin alone; FelixConfiguration `node.NAME` overrides `default` (Calico, eBPF). */
function ofCalico(snapshot: Snapshot, daemonSets: readonly Workload[]): readonly Replacement[] {
	const all = new Map(snapshot.list('FelixConfiguration').map((each) => [each.name, each.bpfEnabled]));
	const on = [...all].find(([, bpfEnabled]) => bpfEnabled)?.[0];
	return on === undefined
		? []
		: daemonSets.filter(isCalico).map((daemonSet) => ({
				name: 'Calico eBPF',
				daemonSet,
				evidence: [{object: `FelixConfiguration/${on}`, path: 'spec.bpfEnabled', value: 'true'}],
				isOn: (node) => all.get(`node.${node?.name}`) ?? all.get('default') ?? false,
			}));
}

export function isCalico({name}: Workload): boolean {
	return name === 'calico-node' || name === 'canal';
}

/** DaemonSets that prove it by themselves, or by their own flags. */
function ofDaemonSet(snapshot: Snapshot, daemonSet: Workload): readonly Replacement[] {
	const {name, namespace: of} = daemonSet;
	const object = refText(refOf('DaemonSet', daemonSet));
	const byName = {daemonSet, evidence: [{object, path: 'metadata.name', value: name}]};
	switch (name) {
		case 'anetd':
			// GKE Dataplane V2, and every Autopilot cluster: there is no kube-proxy.
			return of === namespace ? [{...byName, name: 'Cilium (GKE Dataplane V2)', mode: 'cilium'}] : [];
		case 'ovnkube-node':
			return of.includes('ovn-kubernetes') ? [{...byName, name: 'OVN-Kubernetes'}] : [];
		case 'kube-router': {
			const path = 'spec.template.spec.containers[].args';
			return isSet(flagOf(wordsOf(daemonSet.containers), 'run-service-proxy'))
				? [{daemonSet, name: 'kube-router', evidence: [{object, path, value: '--run-service-proxy=true'}]}]
				: [];
		}

		case 'antrea-agent': {
			const config = fieldOf(snapshot.get('ConfigMap', namespace, 'antrea-config'), 'antrea-agent.conf');
			return config && /^\s*proxyAll:\s*true\b/mu.test(config.value)
				? [{daemonSet, name: 'Antrea', evidence: [{...config, value: 'proxyAll: true'}]}]
				: [];
		}

		default:
			return [];
	}
}

/**
AntreaProxy takes what pods send to cluster IPs, with and without proxyAll, unless it is switched off (Antrea, docs/antrea-proxy.md: by
the gate before 2.0, since then by `antreaProxy.enable`).
*/
export function proxyOfPods(snapshot: Snapshot, daemonSets: readonly Workload[]): Replacement | undefined {
	const daemonSet = daemonSets.find(({name}) => name === 'antrea-agent');
	const config = fieldOf(snapshot.get('ConfigMap', namespace, 'antrea-config'), 'antrea-agent.conf');
	const isOff = /^\s*AntreaProxy:\s*false\b|^antreaProxy:\s*\n\s+enable:\s*false\b/mu.test(
		config?.value ?? '',
	);
	return daemonSet && config && !isOff
		? {
				daemonSet,
				name: 'Antrea',
				evidence: [objectField(refOf('DaemonSet', daemonSet), 'metadata.name', daemonSet.name)],
			}
		: undefined;
}

function fieldOf(configMap: ConfigMap | undefined, key: string): EvidenceField | undefined {
	const value = configMap?.data[key];
	return configMap && value !== undefined
		? objectField(refOf('ConfigMap', configMap), `data.${key}`, value)
		: undefined;
}
