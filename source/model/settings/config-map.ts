import type {Meta} from '../meta.ts';

/** Only the keys that walks read, of the few ConfigMaps that they read: of what serves Services and DNS, and of controllers. */
export type ConfigMap = Meta & {readonly data: Readonly<Record<string, string>>};
