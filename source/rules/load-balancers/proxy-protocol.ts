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
	/** The ConfigMap that nginx reads expects one. Undefined: it cannot be told. */
	readonly isExpected?: boolean;
	/** Where it says so. */
	readonly configMap?: ObjectRef;
	readonly key: string;
};

/**
Source: annotations of the cloud providers; ConfigMaps of ingress-nginx (`use-proxy-protocol`) and of NGINX Inc (`proxy-protocol`): a
connection without the header is closed.
*/
export function proxyProtocolOf(snapshot: Snapshot, service: Service): ProxyProtocol | undefined {
	const sentBy =
		Object.keys(asked).find((name) => asked[name]?.includes(service.annotations[name] ?? '')) ??
		(service.annotations[targetGroupAttributes]?.includes('proxy_protocol_v2.enabled=true')
			? targetGroupAttributes
			: undefined);
	const {configMap, proxyKey: key = ''} = configMapOf(snapshot, service) ?? {};
	const isExpected = configMap && settingOf(snapshot, configMap, key);
	return sentBy === undefined && !isExpected ? undefined : {sentBy, isExpected, configMap, key};
}

/** A key of a ConfigMap that is a switch, off where there is none. Undefined: the ConfigMap cannot be read, or is not there. */
export function settingOf(
	snapshot: Snapshot,
	{namespace = '', name}: ObjectRef,
	key: string,
): boolean | undefined {
	const found = snapshot.get('ConfigMap', namespace, name);
	return found && ['1', 't', 'true'].includes(found.data[key]?.toLowerCase() ?? '');
}

type NginxConfig = {
	readonly configMap: ObjectRef;
	/** The key that makes it expect the header of the PROXY protocol. */
	readonly proxyKey: string;
	/** The key that makes it ask the load balancer which scheme the client used. Absent: its redirect asks the connection alone. */
	readonly forwardedKey?: string;
};

/** ingress-nginx, and NGINX Inc (configmaps.go; nginx.ingress.tmpl compares `$scheme`). */
const byFlag: Readonly<Record<string, Omit<NginxConfig, 'configMap'>>> = {
	configmap: {proxyKey: 'use-proxy-protocol', forwardedKey: 'use-forwarded-headers'},
	'nginx-configmaps': {proxyKey: 'proxy-protocol'},
};

/** By the flag of the workload behind the Service. */
export function configMapOf(snapshot: Snapshot, {namespace, selector}: Service): NginxConfig | undefined {
	const workloads = (['Deployment', 'DaemonSet'] as const).flatMap((kind) => snapshot.list(kind, namespace));
	const behind = workloads.find(({templateLabels}) => selector && matchesLabels(selector, templateLabels));
	const flag = Object.keys(byFlag).find((each) => behind && flagOf(behind, each) !== '');
	const [place, name] = behind && flag ? flagOf(behind, flag).split('/') : [];
	return flag && place && name
		? {
				...byFlag[flag]!,
				configMap: {kind: 'ConfigMap', namespace: place.replace('$(POD_NAMESPACE)', namespace), name},
			}
		: undefined;
}

/** Projections keep flags as `--name=value`. */
function flagOf({containers}: Workload, name: string): string {
	const words = containers.flatMap(({command, args}) => [...command, ...args]);
	const start = `--${name}=`;
	return words.find((word) => word.startsWith(start))?.slice(start.length) ?? '';
}
