import {matchesLabels} from '../../model/label-selector.ts';
import type {ObjectRef} from '../../model/ref.ts';
import type {Service} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workload.ts';

/** Annotations by which a Service asks its load balancer for the header of the PROXY protocol, and their values. */
const asked: Readonly<Record<string, readonly string[]>> = {
	'load-balancer.hetzner.cloud/uses-proxyprotocol': ['true'],
	'service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol': ['true'],
	'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol': ['*'],
	'loadbalancer.openstack.org/proxy-protocol': ['true', 'v1', 'v2'],
};

const targetGroupAttributes = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';

/** The header that a load balancer puts before each connection, and whether the pods behind take one without it. */
export type ProxyProtocol = {
	/** The annotation that asks for it. */
	readonly sentBy?: string;
	/** `use-proxy-protocol` of the ConfigMap that nginx reads. Undefined: it cannot be told. */
	readonly isExpected?: boolean;
	/** Where it says so. */
	readonly configMap?: ObjectRef;
};

/** Source: annotations of the cloud providers; ingress-nginx, ConfigMap: a connection without the header is closed. */
export function proxyProtocolOf(snapshot: Snapshot, service: Service): ProxyProtocol | undefined {
	const sentBy =
		Object.keys(asked).find((name) => asked[name]?.includes(service.annotations[name] ?? '')) ??
		(service.annotations[targetGroupAttributes]?.includes('proxy_protocol_v2.enabled=true')
			? targetGroupAttributes
			: undefined);
	const configMap = configMapOf(snapshot, service);
	const isExpected = configMap && settingOf(snapshot, configMap, 'use-proxy-protocol');
	return sentBy === undefined && !isExpected ? undefined : {sentBy, isExpected, configMap};
}

/** A key of a ConfigMap that is a switch, off where there is none. Undefined: the ConfigMap cannot be read, or is not there. */
export function settingOf(
	snapshot: Snapshot,
	{namespace = '', name}: ObjectRef,
	key: string,
): boolean | undefined {
	const found = snapshot.get('ConfigMap', namespace, name);
	return found && found.data[key] === 'true';
}

/** The flag `--configmap` of the workload behind the Service. */
export function configMapOf(snapshot: Snapshot, {namespace, selector}: Service): ObjectRef | undefined {
	const workloads = (['Deployment', 'DaemonSet'] as const).flatMap((kind) => snapshot.list(kind, namespace));
	const behind = workloads.find(({templateLabels}) => selector && matchesLabels(selector, templateLabels));
	const [place, name] = behind ? flagOf(behind, 'configmap').split('/') : [];
	return place && name
		? {kind: 'ConfigMap', namespace: place.replace('$(POD_NAMESPACE)', namespace), name}
		: undefined;
}

/** Projections keep flags as `--name=value`. */
function flagOf({containers}: Workload, name: string): string {
	const words = containers.flatMap(({command, args}) => [...command, ...args]);
	const start = `--${name}=`;
	return words.find((word) => word.startsWith(start))?.slice(start.length) ?? '';
}
