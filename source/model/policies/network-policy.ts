import type {LabelSelector} from '../matching/label-selector.ts';
import type {Meta} from '../meta.ts';
import type {Protocol} from '../services/service.ts';

/** In which a NetworkPolicy isolates pods. */
export type Direction = 'Ingress' | 'Egress';

/** Source: networking/v1 NetworkPolicy. */
export type NetworkPolicy = Meta & {
	readonly podSelector: LabelSelector;
	/** As written; empty where the spec leaves it out. */
	readonly policyTypes: readonly Direction[];
	/** Absent differs from empty for the default of policyTypes. */
	readonly ingress?: readonly PolicyRule[];
	readonly egress?: readonly PolicyRule[];
};

export type PolicyRule = {
	/** `from` or `to`. Absent or empty: every peer. */
	readonly peers?: readonly PolicyPeer[];
	/** Absent or empty: every port. */
	readonly ports?: readonly PolicyPort[];
};

export type PolicyPeer = {
	readonly podSelector?: LabelSelector;
	readonly namespaceSelector?: LabelSelector;
	readonly ipBlock?: {readonly cidr: string; readonly except: readonly string[]};
};

export type PolicyPort = {
	/** Default TCP, already applied. */
	readonly protocol: Protocol;
	readonly port?: number | string;
	readonly endPort?: number;
};

/** Pods by their labels and those of their namespace. An absent podSelector means all pods. */
export type PodsSelector = {
	readonly namespaceSelector?: LabelSelector;
	readonly podSelector?: LabelSelector;
};

/**
Policies of the whole cluster, in tiers and in order. Source: policy.networking.k8s.io, v1alpha1 AdminNetworkPolicy and
BaselineAdminNetworkPolicy, v1alpha2 ClusterNetworkPolicy.
*/
export type AdminPolicy = Meta & {
	readonly tier: 'Admin' | 'Baseline';
	/** 0 comes first. */
	readonly priority: number;
	/** Absent: a form that knet does not know. */
	readonly subject?: PodsSelector;
	readonly ingress: readonly AdminRule[];
	readonly egress: readonly AdminRule[];
};

export type AdminRule = {
	/** v1alpha1 calls Accept Allow. */
	readonly action: 'Accept' | 'Deny' | 'Pass';
	readonly peers: readonly AdminPeer[];
	/** Absent: every port. */
	readonly ports?: readonly AdminPort[];
};

/** One of them is set. None: a field that this version does not know, which fails closed. */
export type AdminPeer = {
	readonly pods?: PodsSelector;
	readonly nodes?: LabelSelector;
	readonly networks?: readonly string[];
	readonly domainNames?: readonly string[];
};

export type AdminPort = {
	/** Absent: every protocol, for a named port. */
	readonly protocol?: Protocol;
	/** Both absent, and no name: every port of the protocol. */
	readonly first?: number;
	readonly last?: number;
	readonly name?: string;
};

/** A policy of another API (Calico, Cilium, Antrea, a mesh): matched to pods and named; rules of the first two are evaluated. */
export type ForeignPolicy = Meta & {
	/** Pods that it selects; any of them is enough. */
	readonly subjects: readonly ForeignSubject[];
	readonly directions: readonly Direction[];
	/** It is about host endpoints too: what a node hands on is judged by it. Calico alone has this. */
	readonly isOfHosts?: boolean;
	/** The rules of a policy of Cilium. Absent: nothing is read of them. */
	readonly cilium?: CiliumRules;
	readonly calico?: CalicoRules;
	/** Antrea: asked after NetworkPolicies, and only where none selects the pod. */
	readonly isBaseline?: boolean;
	/** Of Istio: whom a policy of action ALLOW lets in. Absent: its action is another. */
	readonly allows?: 'none' | 'some' | 'all';
	/** The port of the pods that it is about, by number or name. Absent: all. Linkerd alone has this. */
	readonly port?: number | string;
	/** Of Linkerd's Server: whom it admits without any authorization. */
	readonly accessPolicy?: string;
};

/** Source: projectcalico/api, pkg/apis/projectcalico/v3: globalnetworkpolicy.go, networkpolicy.go, policy_common.go. */
export type CalicoRules = {
	/** Absent: the last. */
	readonly order?: number;
	readonly tier: string;
	readonly rules: readonly CalicoRule[];
};

export type CalicoRule = {
	readonly direction: Direction;
	/** Allow, Deny, Log or Pass. */
	readonly action: string;
	readonly protocol?: string;
	readonly notProtocol?: string;
	/** It is narrowed by what knet does not follow. */
	readonly isOpen: boolean;
	readonly source: CalicoEntity;
	readonly destination: CalicoEntity;
};

/** One end of a connection; all that is said has to hold. Selectors in Calico's own language, '' where they are left out. */
export type CalicoEntity = {
	readonly selector: string;
	readonly notSelector: string;
	readonly namespaceSelector: string;
	readonly nets: readonly string[];
	readonly notNets: readonly string[];
	/** As written: a number, a range `1:2`, or a name. */
	readonly ports: readonly string[];
	readonly notPorts: readonly string[];
	/** Names of service accounts. */
	readonly serviceAccounts: readonly string[];
	readonly isOpen: boolean;
};

/** Source: cilium/cilium, pkg/policy/api: rule.go, ingress.go, egress.go, l4.go. */
export type CiliumRules = {
	readonly rules: readonly CiliumRule[];
	/** Directions in which the policy isolates nothing (`enableDefaultDeny`). */
	readonly open: readonly Direction[];
};

export type CiliumRule = {
	readonly direction: Direction;
	readonly isDeny: boolean;
	/** Absent: everybody. Empty: nobody. */
	readonly peers?: readonly CiliumPeer[];
	/** Absent: every port. */
	readonly ports?: readonly CiliumPort[];
	/** What it admits is looked into, or has to prove who it is: it may still be refused. */
	readonly isInspected: boolean;
};

/** As written: a number (0 means every port) or a name, and a protocol, where '' and ANY mean each. */
export type CiliumPort = {readonly port: string; readonly protocol: string; readonly endPort?: number};

export type CiliumPeer =
	| {readonly type: 'entity'; readonly name: string}
	/** Absent namespace: those of the whole cluster. */
	| {readonly type: 'endpoints'; readonly selector: LabelSelector; readonly namespace?: string}
	| {readonly type: 'block'; readonly cidr: string; readonly except: readonly string[]}
	/** Addresses outside the cluster that DNS gave for names: pods and nodes keep identities of their own. */
	| {readonly type: 'names'}
	| {readonly type: 'unread'};

export type ForeignSubject =
	| ({readonly type: 'labels'} & PodsSelector)
	/** Calico's own language. */
	| {readonly type: 'expression'; readonly pods: string; readonly namespaces: string}
	/** The pods of a Service, by its name in their namespace. */
	| {readonly type: 'service'; readonly name: string}
	/** The same as Kuma writes it: `NAME_NAMESPACE_svc_PORT`. */
	| {readonly type: 'kuma-service'; readonly tag: string}
	/** Selected in a way that knet does not read. */
	| {readonly type: 'unread'};
