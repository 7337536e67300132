import type {ClientCertificate} from '../transport/dial.ts';

/** Proves who asks. Compared by identity: a fresh credential is another object. Never logged. */
export type Credential = {
	/** Value of the Authorization header. */
	readonly authorization?: string;
	readonly certificate?: ClientCertificate;
};

/** Where credentials come from. Both methods run once for all who ask at the same time. */
export type CredentialSource = {
	/** The credential to use now; rejects with `AuthError`. */
	current(): Promise<Credential>;
	/** After a 401 with `refused`: another credential, or undefined when there is none to be had. */
	renew(refused: Credential): Promise<Credential | undefined>;
};
