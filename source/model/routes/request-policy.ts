import type {Meta} from '../meta.ts';

/** What an Ingress asks for by name and a proxy does before the backend: a plugin of Kong, a Policy of NGINX Inc. */
export type RequestPolicy = Meta & {
	/** `ip-restriction`, `accessControl`; '' where it says nothing. */
	readonly type: string;
	readonly isDisabled: boolean;
	/** Lists of addresses. */
	readonly allowed: readonly string[];
	readonly denied: readonly string[];
	/** The status that it answers with by itself. */
	readonly status?: number;
	/** It acts only where the request has a header or parameter of this name. */
	readonly trigger?: string;
	/** All or a part of its configuration is in a Secret. */
	readonly isPartlySecret: boolean;
};
