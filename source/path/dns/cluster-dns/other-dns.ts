import {kubectl} from '../../../model/safe-text/command.ts';
import type {Pod} from '../../../model/workloads/pod.ts';
import {refOf, refText} from '../../../model/ref.ts';
import {plainName} from '../../../rules/cluster-dns/name.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {isUnassignedServiceAddress} from '../../../rules/cluster-dns/client/unassigned-address.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {namesOf} from '../../words.ts';
import type {ClientDns} from '../client-dns.ts';
import {clusterDnsFindings} from './cluster-dns-catalogue.ts';

/** KNET127 or KNET128: the pod asks other servers than the cluster's, and what they know of its names cannot be seen. */
export function otherDns(
	snapshot: Snapshot,
	{pod, asks, resolvConf}: ClientDns,
	name: string,
): readonly Finding[] {
	if (!pod) {
		return [];
	}

	const {namespace, dnsPolicy} = pod;
	const who = `Pod ${namespace}/${pod.name}`;
	const shared = {
		undecided: true,
		evidence: policyFields(pod),
		command: kubectl({namespace}, 'exec', pod.name, '--', 'cat', '/etc/resolv.conf'),
	} as const;
	if (asks === 'node') {
		return [
			finding(clusterDnsFindings.asksNodeDns, {
				...shared,
				message: `${who} asks the DNS of its node, which is not known to resolve ${plainName(name)}.`,
				remedy: pod.hostNetwork
					? 'Set dnsPolicy: ClusterFirstWithHostNet in the pod template.'
					: 'Set dnsPolicy: ClusterFirst in the pod template.',
			}),
		];
	}

	const servers = namesOf(resolvConf.nameservers) || 'no nameserver';
	const {nameservers} = resolvConf;
	if (nameservers.length > 0 && nameservers.every((each) => isUnassignedServiceAddress(snapshot, each))) {
		return [
			finding(clusterDnsFindings.nameDoesNotResolve, {
				...shared,
				undecided: undefined,
				message: `${who} has dnsPolicy ${dnsPolicy} and asks ${servers}, where nothing answers: no Service has the address.`,
				evidence: [...shared.evidence, nameserversField(pod)],
				remedy:
					'Name the address of the DNS Service in dnsConfig.nameservers, or use dnsPolicy ClusterFirst.',
			}),
		];
	}

	return [
		finding(clusterDnsFindings.nameDoesNotResolve, {
			...shared,
			message: `${who} has dnsPolicy ${dnsPolicy} and asks ${servers}, which is not known to resolve ${plainName(name)}.`,
			remedy: 'Use dnsPolicy ClusterFirst where the pod needs names of the cluster.',
		}),
	];
}

function nameserversField(pod: Pod): Finding['evidence'][number] {
	const value = (pod.dnsConfig?.nameservers ?? []).join(', ');
	return objectField(refOf('Pod', pod), 'spec.dnsConfig.nameservers', value);
}

function policyFields(pod: Pod): Finding['evidence'] {
	const object = refText(refOf('Pod', pod));
	return [
		...(pod.hostNetwork ? [{object, path: 'spec.hostNetwork', value: 'true'}] : []),
		{object, path: 'spec.dnsPolicy', value: pod.dnsPolicy},
	];
}
