import type {LabelSelector} from '../matching/label-selector.ts';
import type {Meta} from '../meta.ts';
import type {PolicyPeer} from './network-policy.ts';

/** Whom an authentication of Linkerd means. */
export type LinkerdClients =
	/** Where none are named, those of the cluster. */
	| {readonly type: 'networks'; readonly networks: 'cluster' | readonly NonNullable<PolicyPeer['ipBlock']>[]}
	/** With an identity of the mesh. `accounts`: name `*` is any of the namespace. `isOpen`: names are among them that are not read. */
	| {
			readonly type: 'meshed';
			readonly accounts: 'any' | readonly LinkerdAccount[];
			readonly isOpen: boolean;
	  };

export type LinkerdAccount = {readonly namespace: string; readonly name: string};

/** NetworkAuthentication or MeshTLSAuthentication (policy.linkerd.io/v1alpha1). */
export type LinkerdAuthentication = Meta & {readonly clients: LinkerdClients};

/** AuthorizationPolicy of policy.linkerd.io: what it is about admits who has all of the authentications. */
export type LinkerdAuthorization = Meta & {
	readonly target: {readonly kind: string; readonly name: string};
	readonly requires: readonly (LinkerdAccount & {readonly kind: string})[];
};

/** ServerAuthorization (policy.linkerd.io/v1beta1): Servers by name or by their labels. */
export type LinkerdServerAuthorization = Meta & {
	readonly server: {readonly name?: string; readonly selector?: LabelSelector};
	/** All of them have to hold. */
	readonly clients: readonly LinkerdClients[];
};
