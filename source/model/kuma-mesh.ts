import type {Meta} from './meta.ts';

/** A Mesh of Kuma: the backend of mutual TLS where its proxies take nothing else, and so ask for permissions; empty without. */
export type KumaMesh = Meta & {readonly mtls: string};
