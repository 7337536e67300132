import type {V1Node} from '@kubernetes/client-node';
import type {Node} from '../../model/workloads/node.ts';
import {projectWords} from './command-line.ts';
import {isTrue, projectConditions, projectMeta} from '../meta.ts';
import {is, list, optionalText, record, records, text, texts, type WireOf} from '../wire.ts';

export function projectNode(wire: WireOf<V1Node>): Node {
	const meta = projectMeta(wire);
	const spec = record(wire['spec']);
	const status = record(wire['status']);
	const conditions = projectConditions(status['conditions']);
	return {
		...meta,
		zone: meta.labels['topology.kubernetes.io/zone'],
		addresses: list(status['addresses']).map((item) => ({
			type: text(record(item)['type']),
			address: text(record(item)['address']),
		})),
		podCIDRs: texts(spec['podCIDRs']),
		providerId: optionalText(spec['providerID']) || undefined,
		unschedulable: is(spec['unschedulable'], true),
		conditions,
		ready: isTrue(conditions, 'Ready'),
		taints: records(spec['taints']).map((taint) => {
			return {key: text(taint['key']), value: text(taint['value']), effect: text(taint['effect'])};
		}),
		nodeArgs: nodeArgs(record(record(wire['metadata'])['annotations'])),
		kubeletVersion: optionalText(record(status['nodeInfo'])['kubeletVersion']),
	};
}

/** A JSON array of words, which k3s and RKE2 write; they hide tokens in it. */
function nodeArgs(annotations: Readonly<Record<string, unknown>>): Node['nodeArgs'] {
	const written = annotations['k3s.io/node-args'] ?? annotations['rke2.io/node-args'];
	try {
		return typeof written === 'string' ? projectWords(JSON.parse(written)) : undefined;
	} catch {
		return undefined;
	}
}
