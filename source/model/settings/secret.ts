import type {Meta} from '../meta.ts';

/** Metadata of a Secret. knet never reads Secret data: it asks for PartialObjectMetadata. */
export type SecretMeta = Meta & {
	/** Known from files only (PartialObjectMetadata has no type). */
	readonly type?: string;
	/** Hosts of its certificate, where cert-manager wrote them into an annotation. */
	readonly certificateHosts?: readonly string[];
};
