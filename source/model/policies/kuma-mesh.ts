import type {Meta} from '../meta.ts';

/** A Mesh of Kuma. `mtls`: its backend of mutual TLS, where proxies take nothing else and so ask for permissions; else ''. */
export type KumaMesh = Meta & {readonly mtls: string};
