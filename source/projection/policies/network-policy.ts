import type {V1NetworkPolicy, V1NetworkPolicyPeer, V1NetworkPolicyPort} from '@kubernetes/client-node';
import type {NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule} from '../../model/policies/network-policy.ts';
import {projectLabelSelector, projectOptionalSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {toProtocol} from '../services/service.ts';
import {
	intOrString,
	list,
	optionalNumber,
	optionalRecord,
	record,
	text,
	texts,
	type Claimed,
	type WireOf,
} from '../wire.ts';

export function projectNetworkPolicy(wire: WireOf<V1NetworkPolicy>): NetworkPolicy {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		podSelector: projectLabelSelector(spec['podSelector']),
		policyTypes: texts(spec['policyTypes']).filter((type) => type === 'Ingress' || type === 'Egress'),
		ingress: optionalList(spec.ingress)?.map((item) => projectRule(record(item).from, record(item).ports)),
		egress: optionalList(spec.egress)?.map((item) => projectRule(record(item).to, record(item).ports)),
	};
}

function projectRule(
	peers: Claimed<V1NetworkPolicyPeer[]>,
	ports: Claimed<V1NetworkPolicyPort[]>,
): PolicyRule {
	return {peers: optionalList(peers)?.map(projectPeer), ports: optionalList(ports)?.map(projectPort)};
}

/** An empty list says more than none: it admits nobody, or everybody. */
function optionalList<T>(value: Claimed<T[]>): readonly Claimed<T>[] | undefined {
	return Array.isArray(value) ? list(value as Claimed<T[]>) : undefined;
}

function projectPeer(value: Claimed<V1NetworkPolicyPeer>): PolicyPeer {
	const peer = record(value);
	const block = optionalRecord(peer['ipBlock']);
	return {
		podSelector: projectOptionalSelector(peer['podSelector']),
		namespaceSelector: projectOptionalSelector(peer['namespaceSelector']),
		ipBlock: block && {cidr: text(block['cidr']), except: texts(block['except'])},
	};
}

function projectPort(value: Claimed<V1NetworkPolicyPort>): PolicyPort {
	const port = record(value);
	return {
		protocol: toProtocol(port['protocol']),
		port: intOrString(port['port']),
		endPort: optionalNumber(port['endPort']),
	};
}
