import type {IpFamily, Service, ServicePort} from '../../model/services/service.ts';
import type {Finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {ProxyEndpoint} from '../../rules/kube-proxy/endpoints.ts';
import type {Entry} from './receiving-nodes.ts';
import type {NodeVerdict} from './node-verdicts.ts';
import type {ServiceProxy} from './service-proxy.ts';
import type {ProxyPort} from '../../rules/kube-proxy/proxy-port.ts';
import type {RulesCheck} from '../../rules/kube-proxy/rules-check.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';
import type {ExposureType} from '../../rules/kube-proxy/exposure-type.ts';
import type {StopReason} from '../../rules/stop.ts';

export type KubeProxyInput = {
	readonly service: Service;
	readonly port: ServicePort;
	/** All of the port, in whatever condition; those of one family, where a path is of one family. */
	readonly endpoints: readonly ResolvedEndpoint[];
	readonly exposureType: ExposureType;
	/** Of a dual-stack Service, the one that the client uses. Absent: that of the endpoints, else the Service's first. */
	readonly family?: IpFamily;
	/** Of a node port: the address that the client connects to. Absent: any that serves node ports. */
	readonly nodeAddress?: NodeAddress;
	/** Who sends to pods itself, so that no rule of kube-proxy is met. */
	readonly bypassed?: {readonly by: string};
};

/** An address of a node, or loopback on it. */
export type NodeAddress = {readonly ip: string; readonly node: string};

/** An endpoint with what the report says of it. */
export type NamedEndpoint = ProxyEndpoint & {readonly pod?: string};

/** A finding, and why traffic stops where it is an error. */
export type ProxyFinding = {readonly finding: Finding; readonly stop?: StopReason};

/** What was worked out of one request at the kube-proxy hop; findings and details are made of it. */
export type KubeProxyContext = {
	readonly hopContext: HopContext;
	readonly input: KubeProxyInput;
	readonly port: ProxyPort;
	/** Of the nodes that the request may enter by; where they differ, of most. */
	readonly proxy: ServiceProxy;
	readonly entry: Entry;
	/** One of each node the request may enter by; never empty. */
	readonly verdicts: readonly NodeVerdict<NamedEndpoint>[];
	/** Rules read on other nodes. */
	readonly others: readonly RulesCheck[];
};
