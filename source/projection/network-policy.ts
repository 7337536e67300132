import type {
	ForeignPolicy,
	NetworkPolicy,
	PolicyPeer,
	PolicyPort,
	PolicyRule,
} from '../model/network-policy.ts';
import {projectLabelSelector, projectOptionalSelector} from './label-selector.ts';
import {projectMeta} from './meta.ts';
import {toProtocol} from './service.ts';
import {intOrString, list, optionalNumber, optionalRecord, record, text, texts, type Wire} from './wire.ts';

export function projectNetworkPolicy(wire: Wire): NetworkPolicy {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		podSelector: projectLabelSelector(spec['podSelector']),
		policyTypes: texts(spec['policyTypes']).filter((type) => type === 'Ingress' || type === 'Egress'),
		ingress: projectRules(spec['ingress'], 'from'),
		egress: projectRules(spec['egress'], 'to'),
	};
}

function projectRules(value: unknown, peers: 'from' | 'to'): readonly PolicyRule[] | undefined {
	return Array.isArray(value)
		? value.map((item) => {
				const rule = record(item);
				return {
					peers: Array.isArray(rule[peers]) ? list(rule[peers]).map(projectPeer) : undefined,
					ports: Array.isArray(rule['ports']) ? list(rule['ports']).map(projectPort) : undefined,
				};
			})
		: undefined;
}

function projectPeer(value: unknown): PolicyPeer {
	const peer = record(value);
	const block = optionalRecord(peer['ipBlock']);
	return {
		podSelector: projectOptionalSelector(peer['podSelector']),
		namespaceSelector: projectOptionalSelector(peer['namespaceSelector']),
		ipBlock: block && {cidr: text(block['cidr']), except: texts(block['except'])},
	};
}

function projectPort(value: unknown): PolicyPort {
	const port = record(value);
	return {
		protocol: toProtocol(port['protocol']),
		port: intOrString(port['port']),
		endPort: optionalNumber(port['endPort']),
	};
}

export function projectForeignPolicy(wire: Wire): ForeignPolicy {
	return {...projectMeta(wire), api: text(wire['apiVersion'])};
}
