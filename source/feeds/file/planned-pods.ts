import {plannedBy} from '../../model/kept/annotations.ts';
import {isPlanned} from '../../projection/workloads/workload.ts';
import {list, number, optionalRecord, record, text, type Wire} from '../../projection/wire.ts';

const planning = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** Enough to see whether one, several or no pods answer. */
const mostPods = 5;

/**
The pods that a manifest of a workload, or of a pod, asks for, as they are once all is well: running and ready. Only of manifests that no
server has seen: where a cluster answered, its pods are facts. Addresses are those that benchmarks may use (RFC 2544).
*/
export function plannedPods(wire: Wire, before: number): readonly Wire[] {
	const kind = text(wire['kind']);
	const {namespace, name} = record(wire['metadata']);
	if (!isPlanned(wire)) {
		return [];
	}

	const spec = record(wire['spec']);
	if (kind === 'Pod') {
		return [running(wire, `Pod/${text(name)}`, addressOf(before))];
	}

	if (!planning.has(kind)) {
		return [];
	}

	const count = kind === 'DaemonSet' ? 1 : Math.min(mostPods, number(spec['replicas'] ?? 1));
	return Array.from({length: count}, (_, at) =>
		plannedPod(record(spec['template']), {
			owner: {kind, name: text(name), namespace: text(namespace)},
			number: at + 1,
			address: addressOf(before + at),
		}),
	);
}

type Plan = {
	readonly owner: {readonly kind: string; readonly name: string; readonly namespace: string};
	readonly number: number;
	readonly address: string;
};

function plannedPod(template: Wire, {owner: {kind, name, namespace}, number: at, address}: Plan): Wire {
	const metadata = record(template['metadata']);
	const spec = record(template['spec']);
	const isDeployment = kind === 'Deployment';
	const pod = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: `${name}-planned-${at}`,
			namespace: namespace || 'default',
			labels: {
				...optionalRecord(metadata['labels']),
				'pod-template-hash': isDeployment ? 'planned' : undefined,
			},
			annotations: metadata['annotations'],
			ownerReferences: [
				isDeployment
					? {kind: 'ReplicaSet', name: `${name}-planned`, controller: true, uid: ''}
					: {kind, name, controller: true, uid: ''},
			],
		},
		spec,
	};
	return running(pod, `${kind}/${name}`, address);
}

function running(pod: Wire, by: string, address: string): Wire {
	const metadata = record(pod['metadata']);
	return {
		...pod,
		metadata: {
			...metadata,
			namespace: text(metadata['namespace']) || 'default',
			annotations: {...optionalRecord(metadata['annotations']), [plannedBy]: by},
		},
		status: {
			phase: 'Running',
			podIP: address,
			podIPs: [{ip: address}],
			conditions: [{type: 'Ready', status: 'True'}],
			containerStatuses: list(record(pod['spec'])['containers']).map((container) => ({
				name: record(container)['name'],
				ready: true,
				restartCount: 0,
				state: {running: {}},
			})),
		},
	};
}

function addressOf(index: number): string {
	return `198.18.${Math.floor(index / 254) % 256}.${(index % 254) + 1}`;
}
