/** The `exec` block of a user: a program that hands out credentials (client.authentication.k8s.io). */
export type ExecConfig = {
	/** Absolute, or a bare name to be looked for in PATH. */
	readonly command: string;
	readonly args: readonly string[];
	readonly env: readonly {readonly name: string; readonly value: string}[];
	readonly apiVersion: string;
	readonly installHint?: string;
	readonly provideClusterInfo: boolean;
	readonly interactiveMode?: string;
};

/** The `auth-provider` of a user: a way to log in that is built into kubectl. Only `oidc` is left. */
export type AuthProvider = {
	readonly name: string;
	readonly config: Readonly<Record<string, string | undefined>>;
	/** The kubeconfig that it comes from, and the name of its user: fresh tokens are written there. */
	readonly file: string;
	readonly user: string;
};

/** A `clusters` entry; paths are absolute. */
export type ClusterEntry = {
	readonly server?: string;
	readonly tlsServerName?: string;
	readonly insecureSkipTlsVerify?: boolean;
	readonly certificateAuthority?: string;
	/** Base64, as in the file. */
	readonly certificateAuthorityData?: string;
	readonly proxyUrl?: string;
	readonly disableCompression?: boolean;
	/** The extension `client.authentication.k8s.io/exec`: what an exec plugin is told of this cluster. */
	readonly execExtension?: unknown;
};

/** A `users` entry; paths are absolute. */
export type UserEntry = {
	readonly clientCertificate?: string;
	readonly clientCertificateData?: string;
	readonly clientKey?: string;
	readonly clientKeyData?: string;
	readonly token?: string;
	readonly tokenFile?: string;
	readonly username?: string;
	readonly password?: string;
	readonly impersonate?: string;
	readonly impersonateUid?: string;
	readonly impersonateGroups?: readonly string[];
	readonly impersonateExtra?: Readonly<Record<string, readonly string[]>>;
	readonly authProvider?: AuthProvider;
	readonly exec?: ExecConfig;
};

export type ContextEntry = {readonly cluster?: string; readonly user?: string; readonly namespace?: string};

/** What one file says, or several merged. */
export type Kubeconfig = {
	readonly clusters: ReadonlyMap<string, ClusterEntry>;
	readonly users: ReadonlyMap<string, UserEntry>;
	readonly contexts: ReadonlyMap<string, ContextEntry>;
	readonly currentContext?: string;
};

export const emptyKubeconfig: Kubeconfig = {clusters: new Map(), users: new Map(), contexts: new Map()};
