import {kubectl} from '../../../model/safe-text/command.ts';
import type {Pod} from '../../../model/workloads/pod.ts';
import {refOf} from '../../../model/ref.ts';
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
	{pod, asks, resolvConf: {nameservers}}: ClientDns,
	name: string,
): readonly Finding[] {
	if (!pod) {
		return [];
	}

	if (asks === 'node') {
		return [asksNode(pod, name)];
	}

	const isNobody =
		nameservers.length > 0 && nameservers.every((each) => isUnassignedServiceAddress(snapshot, each));
	return [isNobody ? asksNobody(pod, nameservers) : asksOthers(pod, nameservers, name)];
}

function asksNode(pod: Pod, name: string): Finding {
	return finding(clusterDnsFindings.asksNodeDns, {
		...shared(pod),
		undecided: true,
		message: `${nameOf(pod)} asks the DNS of its node, which is not known to resolve ${plainName(name)}.`,
		remedy: pod.hostNetwork
			? 'Set dnsPolicy: ClusterFirstWithHostNet in the pod template.'
			: 'Set dnsPolicy: ClusterFirst in the pod template.',
	});
}

function asksNobody(pod: Pod, nameservers: readonly string[]): Finding {
	return finding(clusterDnsFindings.nameDoesNotResolve, {
		...shared(pod),
		message: `${nameOf(pod)} has dnsPolicy ${pod.dnsPolicy} and asks ${namesOf(nameservers)}, where nothing answers: no Service has the address.`,
		evidence: [...policyFields(pod), nameserversField(pod)],
		remedy: 'Name the address of the DNS Service in dnsConfig.nameservers, or use dnsPolicy ClusterFirst.',
	});
}

function asksOthers(pod: Pod, nameservers: readonly string[], name: string): Finding {
	const servers = namesOf(nameservers) || 'no nameserver';
	return finding(clusterDnsFindings.nameDoesNotResolve, {
		...shared(pod),
		undecided: true,
		message: `${nameOf(pod)} has dnsPolicy ${pod.dnsPolicy} and asks ${servers}, which is not known to resolve ${plainName(name)}.`,
		remedy: 'Use dnsPolicy ClusterFirst where the pod needs names of the cluster.',
	});
}

function nameOf({namespace, name}: Pod): string {
	return `Pod ${namespace}/${name}`;
}

function shared(pod: Pod): Pick<Finding, 'evidence' | 'command'> {
	const {namespace, name} = pod;
	return {
		evidence: policyFields(pod),
		command: kubectl({namespace}, 'exec', name, '--', 'cat', '/etc/resolv.conf'),
	};
}

function nameserversField(pod: Pod): Finding['evidence'][number] {
	const value = (pod.dnsConfig?.nameservers ?? []).join(', ');
	return objectField(refOf('Pod', pod), 'spec.dnsConfig.nameservers', value);
}

function policyFields(pod: Pod): Finding['evidence'] {
	const object = refOf('Pod', pod);
	return [
		...(pod.hostNetwork ? [objectField(object, 'spec.hostNetwork', 'true')] : []),
		objectField(object, 'spec.dnsPolicy', pod.dnsPolicy),
	];
}
