import {showSlices} from '../endpoints/service-evidence.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import type {KubeProxyContext} from './context.ts';
import type {NodeVerdict} from './node-verdicts.ts';
import {kubeProxyFindings} from './catalogue.ts';

/** 609: hints narrow what a node uses. Said once, of the first node that it is true for. */
export function topologyFindings({input, verdicts, entry}: KubeProxyContext): readonly Finding[] {
	const narrowed = verdicts.find(
		({verdict, sets}) => verdict.verdict === 'DNAT' && verdict.set === 'cluster' && isNarrowed(sets, input),
	);
	if (!narrowed) {
		return [];
	}

	const {namespace, name} = input.service;
	const {node, sets} = narrowed;
	const place = sets.topology === 'same-node' ? `node ${node.node}` : `zone ${node.zone}`;
	const who = entry.isOne ? node.node : `for example ${node.node}`;
	return [
		finding(kubeProxyFindings.topologyExcludesEndpoints, {
			message: `Hints keep traffic near: of ${readyCount(input)} ready endpoints of ${name}, a node uses those of its own ${sets.topology === 'same-node' ? 'node' : 'zone'} (${who}: ${sets.cluster?.length} of ${place}).`,
			evidence: [
				objectField(
					{kind: 'Service', namespace, name},
					input.service.trafficDistribution ? 'spec.trafficDistribution' : 'endpoints[].hints',
					input.service.trafficDistribution ?? sets.topology,
				),
			],
			remedy:
				'Leave it if that is wanted; remove spec.trafficDistribution to use all endpoints from everywhere.',
			command: showSlices({namespace, name}),
		}),
	];
}

function isNarrowed(sets: NodeVerdict['sets'], input: KubeProxyContext['input']): boolean {
	return sets.topology !== 'none' && (sets.cluster?.length ?? 0) < readyCount(input);
}

function readyCount({endpoints}: KubeProxyContext['input']): number {
	const [first] = endpoints;
	return endpoints.filter(({ready, port, family}) => ready && port !== undefined && family === first?.family)
		.length;
}
