import type {SharedScreen} from './credentials/shared-screen.ts';

/** kubectl's own flags, by their names. All are optional; what is absent comes from the kubeconfig. */
export type ConnectOptions = {
	/** `--kubeconfig`: this one file, instead of the KUBECONFIG list. */
	readonly kubeconfig?: string;
	readonly context?: string;
	readonly cluster?: string;
	readonly user?: string;
	readonly namespace?: string;
	readonly as?: string;
	readonly asGroups?: readonly string[];
	readonly asUid?: string;
	/** A Go duration (`30s`, `1m30s`) or seconds; `0` is none. */
	readonly requestTimeout?: string;
	/** Milliseconds for a run of an exec plugin. Absent: 10 minutes while it may ask, else one. */
	readonly credentialTimeout?: number;
	readonly server?: string;
	readonly token?: string;
	readonly tlsServerName?: string;
	readonly insecureSkipTlsVerify?: boolean;
	readonly certificateAuthority?: string;
	readonly clientCertificate?: string;
	readonly clientKey?: string;
	/** What the User-Agent says: `knet/<version> (<platform>)`. */
	readonly version?: string;
	/** Whether an exec plugin may ask on this process's stdin, when that is a terminal. Absent: it may. */
	readonly interactive?: boolean;
	/** A full-screen program is on the terminal, or will be. */
	readonly screen?: SharedScreen;
	/** `process.env` when absent. */
	readonly env?: Readonly<Record<string, string | undefined>>;
};
