import type {CatalogueEntry} from '../catalogue-entry.ts';

export const kubeProxyFindings = {} satisfies Record<string, CatalogueEntry>;
