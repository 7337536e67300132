import type {Kind} from '../../source/model/kinds.ts';
import type {WatchEvent} from '../../source/model/watch-event.ts';
import {project} from '../../source/projection/project.ts';
import type {Wire} from '../../source/projection/wire.ts';
import type {Writer} from '../../source/store/store-types.ts';

/** A line of a recording: an event of a watch as the API server sent it, or a place to stop and look. `t` in milliseconds. */
export type Line = {readonly t: number} & (
	| {readonly kind: Kind; readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: object}
	| {readonly mark: string}
);

export type RecordedKind = {
	readonly kind: Kind;
	readonly path: (namespace: string) => string;
	readonly query?: Readonly<Record<string, string>>;
};

const core = '/api/v1';
const apps = '/apis/apps/v1';
const networking = '/apis/networking.k8s.io/v1';
const discovery = '/apis/discovery.k8s.io/v1';

function placed(
	kind: Kind,
	group: string,
	resource: string,
	...places: readonly string[]
): readonly RecordedKind[] {
	return ['', ...places].map((place) => ({
		kind,
		path: (namespace) => `${group}/namespaces/${place === '' ? namespace : place}/${resource}`,
	}));
}

/** The shop's namespace, what serves it and what makes Services work. */
export const recordedFrom: readonly RecordedKind[] = [
	{kind: 'Node', path: () => `${core}/nodes`},
	{kind: 'IngressClass', path: () => `${networking}/ingressclasses`},
	...placed('Service', core, 'services', 'kube-system', 'traefik'),
	...placed('EndpointSlice', discovery, 'endpointslices', 'kube-system', 'traefik'),
	...placed('Pod', core, 'pods', 'kube-system', 'traefik'),
	...placed('Event', core, 'events'),
	...placed('Ingress', networking, 'ingresses'),
	...placed('ReplicaSet', apps, 'replicasets'),
	...placed('Deployment', apps, 'deployments', 'kube-system', 'traefik'),
	...['coredns', 'kube-proxy'].map((name) => ({
		kind: 'ConfigMap' as const,
		path: () => `${core}/namespaces/kube-system/configmaps`,
		query: {fieldSelector: `metadata.name=${name}`},
	})),
	...placed('DaemonSet', apps, 'daemonsets', 'kube-system').slice(1),
];

/** Tells a store what a line says. */
export function tell(line: Line, writer: Pick<Writer, 'apply'>): void {
	if ('mark' in line) {
		return;
	}

	const {kind, type} = line;
	const object = project(kind, line.object as Wire);
	const {namespace, name} = object;
	writer.apply(
		(type === 'DELETED'
			? {type: 'delete', kind, namespace, name}
			: {type: 'apply', kind, object}) as WatchEvent,
	);
}
