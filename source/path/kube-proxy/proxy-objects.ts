import type {Workload} from '../../model/workloads/workload.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {type Replacement, replacementsOf, proxyOfPods, isCalico} from './replacements.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {ServiceProxy} from './service-proxy.ts';
import {rememberRead} from '../../rules/memoize.ts';
import {type Snapshot, isKnown} from '../../model/snapshot.ts';
import {isSet, flagOf} from '../../rules/kube-proxy/flags.ts';
import {refText} from '../../model/ref.ts';
import {placeOf, type Kind} from '../../model/kinds.ts';

const namespace = 'kube-system';

export type Objects = {
	readonly kubeProxies: readonly Workload[];
	/** Of kube-proxy, whoever owns them. */
	readonly pods: readonly Pod[];
	/** Those without a DaemonSet, as some clouds and RKE2 run it; or whose DaemonSet may not be read. */
	readonly staticPods: readonly Pod[];
	readonly config?: {readonly object: string; readonly key: string; readonly value: string};
	/** The DaemonSet list is known: what is not in it does not exist. */
	readonly hasDaemonSets: boolean;
	readonly replacements: readonly Replacement[];
	/** What serves cluster IPs for pods alone. */
	readonly ofPods?: Replacement;
	/** A server of k3s or RKE2 that was started without kube-proxy. */
	readonly disabledBy?: Node;
	readonly unread: ServiceProxy['unread'];
};

/** What the whole cluster says: the same for all nodes and Services. */
export const objectsOf = rememberRead((snapshot: Snapshot, _version: object): Objects => {
	const daemonSets = snapshot.list('DaemonSet');
	const pods = [
		...snapshot.podsLabelled(namespace, 'component', 'kube-proxy'),
		...snapshot.podsLabelled(namespace, 'k8s-app', 'kube-proxy'),
	];
	const hasDaemonSets = isKnown(snapshot.state('DaemonSet', namespace));
	return {
		kubeProxies: daemonSets.filter(isKubeProxy),
		pods,
		staticPods: pods.filter(({owner}) => owner?.kind !== 'DaemonSet' || !hasDaemonSets),
		config: configOf(snapshot),
		hasDaemonSets,
		replacements: replacementsOf(snapshot, daemonSets),
		ofPods: proxyOfPods(snapshot, daemonSets),
		disabledBy: snapshot
			.list('Node')
			.find(({nodeArgs = []}) => isSet(flagOf(nodeArgs, 'disable-kube-proxy'))),
		unread: unreadKinds(snapshot),
	};
});

function isKubeProxy({namespace: of, name, labels}: Workload): boolean {
	const app = labels['k8s-app'] ?? labels['component'];
	return (
		of === namespace &&
		(name === 'kube-proxy' ||
			app === 'kube-proxy' ||
			name === 'kube-proxy-windows' ||
			app === 'kube-proxy-windows')
	);
}

function configOf(snapshot: Snapshot): Objects['config'] {
	for (const [name, key] of [
		['kube-proxy', 'config.conf'],
		['kube-proxy-config', 'config'],
	] as const) {
		const value = snapshot.get('ConfigMap', namespace, name)?.data[key];
		if (value !== undefined) {
			return {object: refText({kind: 'ConfigMap', namespace, name}), key, value};
		}
	}

	return undefined;
}

function unreadKinds(snapshot: Snapshot): ServiceProxy['unread'] {
	return [
		{kind: 'ConfigMap' as const, namespace: placeOf('ConfigMap', namespace, 'kube-proxy')},
		...(['DaemonSet', 'Pod'] as const).map((kind) => ({kind, namespace})),
		...(snapshot.list('DaemonSet').some(isCalico) ? [{kind: 'FelixConfiguration' as const}] : []),
	]
		.map((each: {readonly kind: Kind; readonly namespace?: string}) => ({
			...each,
			state: snapshot.state(each.kind, each.namespace),
		}))
		.filter(({state}) => !isKnown(state));
}
