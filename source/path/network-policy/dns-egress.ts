import {refText} from '../../model/ref.ts';
import {kubectl} from '../../model/command.ts';
import type {Pod} from '../../model/pod.ts';
import type {Protocol} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {clusterDnsService} from '../../rules/cluster-dns/cluster-dns-service.ts';
import {podDnsType} from '../../rules/cluster-dns/resolv-conf.ts';
import {type Finding, finding} from '../finding.ts';
import {combine} from './combine.ts';
import {selecting} from '../../rules/network-policy/decide.ts';
import {evaluateConnection} from '../../rules/network-policy/evaluate-connection.ts';
import {networkPolicyFindings} from './catalogue.ts';

/** KNET803: the client's egress admits no DNS. Said only where the DNS pods can be seen, since selectors mean them. */
export function dnsEgress(snapshot: Snapshot, client: Pod): readonly Finding[] {
	const shut =
		podDnsType(client) === 'cluster'
			? (['UDP', 'TCP'] as const).filter((protocol) => isShut(snapshot, client, protocol))
			: [];
	if (shut.length === 0) {
		return [];
	}

	const ports = shut.map((protocol) => `53/${protocol}`).join(' and ');
	const names = selecting(snapshot.list('NetworkPolicy', client.namespace), client, 'Egress').map(
		({name}) => name,
	);
	return [
		finding(networkPolicyFindings.policyDeniesDns, {
			message: `No NetworkPolicy lets pod ${client.namespace}/${client.name} reach the cluster DNS on ${ports}: if the network enforces it, ${shut.includes('UDP') ? 'every look-up times out' : 'long answers fail'}.`,
			evidence: names.map((name) => ({
				object: refText({kind: 'NetworkPolicy', namespace: client.namespace, name}),
				path: 'spec.egress',
				value: `no rule for ${ports}`,
			})),
			remedy:
				'Add an egress rule with ports 53/UDP and 53/TCP to the pods labelled k8s-app=kube-dns in kube-system.',
			command: kubectl(client, 'get', 'networkpolicy', ...names, '-o', 'yaml'),
		}),
	];
}

function isShut(snapshot: Snapshot, client: Pod, protocol: Protocol): boolean {
	const service = clusterDnsService(snapshot);
	const port = service?.ports.find((item) => item.port === 53 && item.protocol === protocol);
	if (!service || !port) {
		return false;
	}

	const decisions = snapshot.slicesOf(service.namespace, service.name).flatMap((slice) => {
		const number = slice.ports.find((item) => item.name === port.name && item.protocol === protocol)?.port;
		return slice.endpoints
			.filter(({ready}) => ready)
			.flatMap(({addresses, pod: ref}) => {
				const pod = ref && snapshot.get('Pod', ref.namespace, ref.name);
				const to = {pod, ip: addresses[0]};
				return pod && number !== undefined
					? [evaluateConnection({snapshot, from: {pod: client}, to, protocol, port: number}).egress]
					: [];
			});
	});
	return decisions.length > 0 && combine(decisions).verdict === 'denied';
}
