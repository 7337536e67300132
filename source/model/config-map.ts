import type {Meta} from './meta.ts';

/** Only the named keys of the few ConfigMaps knet reads: CoreDNS's Corefile and kube-proxy's configuration. */
export type ConfigMap = Meta & {readonly data: Readonly<Record<string, string>>};
