import type {CatalogueEntry} from '../catalogue-entry.ts';

export const loadBalancerFindings = {} satisfies Record<string, CatalogueEntry>;
