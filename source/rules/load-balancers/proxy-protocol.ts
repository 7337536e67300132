import {matchesLabels} from '../../model/matching/label-selector.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {type Workload} from '../../model/workloads/workload.ts';
import {flagOf} from '../flag-of.ts';
import {allWorkloads} from '../all-workloads.ts';

/** The header is in connections that come through the Private Link Service (cloud-provider-azure, docs: PLS integration). */
const byPrivateLink = 'service.beta.kubernetes.io/azure-pls-proxy-protocol';

/**
Annotations by which a Service asks its load balancer for the header of the PROXY protocol, and their values. `port`: a list of ports
(scaleway-cloud-controller-manager, docs/loadbalancer-annotations.md).
*/
const asked: Readonly<Record<string, readonly string[]>> = {
	'load-balancer.hetzner.cloud/uses-proxyprotocol': ['true'],
	'service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol': ['true'],
	'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol': ['*'],
	'loadbalancer.openstack.org/proxy-protocol': ['true', 'v1', 'v2'],
	[byPrivateLink]: ['true'],
	'service.beta.kubernetes.io/linode-loadbalancer-default-proxy-protocol': ['v1', 'v2'],
	'service.beta.kubernetes.io/scw-loadbalancer-proxy-protocol-v1': ['true', '*', 'port'],
	'service.beta.kubernetes.io/scw-loadbalancer-proxy-protocol-v2': ['true', '*', 'port'],
	'kubernetes.civo.com/loadbalancer-enable-proxy-protocol': ['send-proxy', 'send-proxy-v2'],
	'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-proxy-protocol': ['on'],
	'service.kubernetes.io/ibm-load-balancer-cloud-provider-enable-features': ['proxy-protocol'],
	'service.beta.kubernetes.io/vultr-loadbalancer-proxy-protocol': ['true', 'v1', 'v2'],
	'service.beta.kubernetes.io/oci-load-balancer-connection-proxy-protocol-version': ['1', '2'],
};

const targetGroupAttributes = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';

/** The header that a load balancer puts before each connection, and whether the pods behind take one without it. */
export type ProxyProtocol = {
	/** The annotation that asks for it. */
	readonly sentBy?: string;
	/** Other connections through the load balancer come without it. */
	readonly isForSome?: boolean;
	/** The pods take only connections that begin with it. Undefined: it cannot be told. */
	readonly isExpected?: boolean;
	/** Where it says so. */
	readonly place?: Place;
};

/** What decides, and the value there. */
export type Place = {
	readonly object: ObjectRef;
	readonly path: string;
	readonly value: string;
	/** The value of a ConfigMap that makes it expect the header from every client. */
	readonly wanted?: string;
};

/** By annotations of the cloud providers, and the settings of what stands behind. `port`: of the Service. */
export function proxyProtocolOf(
	snapshot: Snapshot,
	service: Service,
	port: number | undefined,
): ProxyProtocol | undefined {
	const sentBy = senderOf(service, port);
	const {isExpected, place} = expectedBy(snapshot, service, port);
	const isForSome = sentBy === byPrivateLink;
	return sentBy === undefined && !isExpected ? undefined : {sentBy, isForSome, isExpected, place};
}

function senderOf({annotations}: Service, port: number | undefined): string | undefined {
	return (
		Object.keys(asked).find((name) => asksFor(asked[name] ?? [], annotations[name] ?? '', port)) ??
		(annotations[targetGroupAttributes]?.includes('proxy_protocol_v2.enabled=true')
			? targetGroupAttributes
			: undefined)
	);
}

/** One of several values, as IBM Cloud and Scaleway take them, is enough. */
function asksFor(values: readonly string[], given: string, port: number | undefined): boolean {
	return given
		.split(',')
		.map((each) => each.trim())
		.some((each) => values.includes(each) || (values.includes('port') && each === String(port)));
}

type Expected = Pick<ProxyProtocol, 'isExpected' | 'place'>;

function expectedBy(snapshot: Snapshot, service: Service, port: number | undefined): Expected {
	return (
		expectedByPolicy(snapshot, service, port) ??
		expectedByFlag(snapshot, service) ??
		expectedByConfigMap(snapshot, service, port)
	);
}

/** ConfigMaps of ingress-nginx, NGINX Inc and haproxytech: a connection without the header is closed. */
function expectedByConfigMap(snapshot: Snapshot, service: Service, port: number | undefined): Expected {
	const {
		configMap: object,
		proxyKey = '',
		bySource,
	} = (isForClients(snapshot, service, port) && configMapOf(snapshot, service)) || {};
	const found = object && snapshot.get('ConfigMap', object.namespace ?? '', object.name);
	const value = found?.data[proxyKey];
	return {
		isExpected: bySource ? found && isOfEverybody(value) : object && settingOf(snapshot, object, proxyKey),
		place: object && {
			object,
			path: `data.${proxyKey}`,
			value: value ?? 'absent',
			wanted: bySource ? everybody : 'true',
		},
	};
}

const everybody = '0.0.0.0/0';

/** The value lists the sources that send the header. Undefined: only some of the clients do. */
function isOfEverybody(sources = ''): boolean | undefined {
	const listed = sources.split(',').map((each) => each.trim());
	return sources.trim() === '' ? false : listed.includes(everybody) ? true : undefined;
}

/** The webhook, the metrics and TCP services beside http and https take no header (nginx.tmpl). A port that is not declared may be meant. */
function isForClients(snapshot: Snapshot, service: Service, port: number | undefined): boolean {
	const target = service.ports.find((each) => each.port === port)?.targetPort;
	const declared = workloadBehind(snapshot, service)
		?.containers.flatMap(({ports}) => ports)
		.find(({name, containerPort}) => name === target || containerPort === target);
	return !declared || ['http', 'https'].includes(declared.name) || [80, 443].includes(declared.containerPort);
}

/** Contour's flag, for the Envoys beside it (cmd/contour/serve.go; internal/envoy/v3/listener.go: none without the header). */
function expectedByFlag(snapshot: Snapshot, {namespace, selector}: Service): Expected | undefined {
	const flag = '--use-proxy-protocol';
	const contour = allWorkloads(snapshot, namespace).find(({workload: {containers}}) =>
		containers.some(
			({image, command, args}) =>
				image.includes('contour') &&
				[...command, ...args].some((word) => word === `${flag}=` || word === `${flag}=true`),
		),
	);
	const isEnvoy = selector?.['app'] === 'envoy' || selector?.['app.kubernetes.io/component'] === 'envoy';
	return contour && isEnvoy
		? {
				isExpected: true,
				place: {
					object: {kind: contour.kind, namespace, name: contour.workload.name},
					path: 'spec.template.spec.containers[].args',
					value: flag,
				},
			}
		: undefined;
}

/** Envoy Gateway's ClientTrafficPolicy, for all listeners of the Gateway or for one (internal/gatewayapi/clienttrafficpolicy.go). */
function expectedByPolicy(
	snapshot: Snapshot,
	{labels}: Service,
	port: number | undefined,
): Expected | undefined {
	const name = labels['gateway.envoyproxy.io/owning-gateway-name'];
	const namespace = labels['gateway.envoyproxy.io/owning-gateway-namespace'] ?? '';
	const gateway = name === undefined ? undefined : snapshot.get('Gateway', namespace, name);
	if (!gateway || !isKnown(snapshot.state('AttachedPolicy'))) {
		return undefined;
	}

	const listeners = gateway.listeners.filter((listener) => port === undefined || listener.port === port);
	const on = (section: string | undefined) =>
		snapshot
			.list('AttachedPolicy', namespace)
			.find(
				({policyKind, targets, proxyProtocol}) =>
					policyKind === 'ClientTrafficPolicy' &&
					(section === undefined || proxyProtocol !== undefined) &&
					targets.some(
						({kind, sectionName, ...target}) =>
							kind === 'Gateway' && target.name === gateway.name && sectionName === section,
					),
			);
	// A policy of the listener takes the place of that of its Gateway.
	const policy = listeners.map((listener) => on(listener.name)).find((each) => each) ?? on(undefined);
	const field = policy?.proxyProtocol;
	return {
		isExpected: field?.isRequired === true,
		place:
			policy && field
				? {
						object: {kind: policy.policyKind, namespace, name: policy.ownName},
						path: `spec.${field.field}`,
						value: field.value,
					}
				: {object: refOf('Gateway', gateway), path: 'metadata.name', value: gateway.name},
	};
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

type ProxyConfig = {
	readonly configMap: ObjectRef;
	/** The key that makes it expect the header of the PROXY protocol. */
	readonly proxyKey: string;
	/** The value of that key is no switch: it lists the sources from which the header is expected. */
	readonly bySource?: true;
	/** The key that makes it ask the load balancer which scheme the client used. Absent: its redirect asks the connection alone. */
	readonly forwardedKey?: string;
};

/** ingress-nginx, and NGINX Inc (configmaps.go; nginx.ingress.tmpl compares `$scheme`). */
const byFlag: Readonly<Record<string, Omit<ProxyConfig, 'configMap'>>> = {
	configmap: {proxyKey: 'use-proxy-protocol', forwardedKey: 'use-forwarded-headers'},
	'nginx-configmaps': {proxyKey: 'proxy-protocol'},
};

/** haproxytech/kubernetes-ingress 3.2, pkg/handler/proxy-protocol.go: `expect-proxy if { src -f LIST }`. */
const haproxyTech = {
	image: 'haproxytech/kubernetes-ingress',
	proxyKey: 'proxy-protocol',
	bySource: true,
} as const;

function keysOf(flag: string, behind: Workload | undefined): Omit<ProxyConfig, 'configMap'> {
	const isHaproxyTech = behind?.containers.some(({image}) => image.includes(haproxyTech.image));
	return flag === 'configmap' && isHaproxyTech ? haproxyTech : byFlag[flag]!;
}

/** By the flag of the workload behind the Service. */
export function configMapOf(snapshot: Snapshot, service: Service): ProxyConfig | undefined {
	const {namespace} = service;
	const behind = workloadBehind(snapshot, service);
	const given = (flag: string): string => (behind && flagOf(behind.containers, flag)) ?? '';
	const flag = Object.keys(byFlag).find((each) => given(each) !== '');
	const [place, name] = flag ? given(flag).split('/') : [];
	return flag && place && name
		? {
				...keysOf(flag, behind),
				configMap: {kind: 'ConfigMap', namespace: place.replace('$(POD_NAMESPACE)', namespace), name},
			}
		: undefined;
}

function workloadBehind(snapshot: Snapshot, {namespace, selector}: Service): Workload | undefined {
	return allWorkloads(snapshot, namespace).find(
		({workload: {templateLabels}}) => selector && matchesLabels(selector, templateLabels),
	)?.workload;
}
