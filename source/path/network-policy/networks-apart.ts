import {kubectl} from '../../model/safe-text/command.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {PolicySource} from '../../rules/network-policy/connections.ts';
import {finding, objectField, type Finding} from '../finding.ts';
import {networkPolicyFindings} from './catalogue.ts';

/** OVN-Kubernetes, docs/features/user-defined-networks: fixed when the namespace is created. */
const label = 'k8s.ovn.org/primary-user-defined-network';

/** Every network reaches these Services (go-controller/pkg/config, udn-allowed-default-services, and its value in OpenShift). */
const shared: ReadonlySet<string> = new Set(['kube-system/kube-dns', 'openshift-dns/dns-default']);

/** KNET810: a primary network of its own stands between the client and the pods. */
export function networksApart(
	snapshot: Snapshot,
	from: PolicySource,
	{namespace, service}: {readonly namespace: string | undefined; readonly service: string | undefined},
): Finding | undefined {
	const isShared = service !== undefined && shared.has(`${namespace}/${service}`);
	if (from.type !== 'pod' || from.pod.hostNetwork || namespace === undefined || isShared) {
		return undefined;
	}

	const client = from.pod.namespace;
	const own = [client, namespace].find((name) => hasOwnNetwork(snapshot, name));
	return own === undefined || client === namespace
		? undefined
		: finding(networkPolicyFindings.networksApart, {
				message: `Whether pods of ${client} reach pods of ${namespace} is not known: namespace ${own} has a primary network of its own.`,
				evidence: [
					objectField(
						{kind: 'Namespace', namespace: '', name: own},
						`metadata.labels[${label}]`,
						snapshot.get('Namespace', '', own)?.labels[label] ?? '',
					),
				],
				remedy: 'Probe the connection from the client.',
				command: kubectl({namespace: own}, 'get', 'userdefinednetworks.k8s.ovn.org'),
			});
}

function hasOwnNetwork(snapshot: Snapshot, namespace: string): boolean {
	return snapshot.get('Namespace', '', namespace)?.labels[label] !== undefined;
}
