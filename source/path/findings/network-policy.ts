import type {CatalogueEntry} from '../catalogue-entry.ts';

export const networkPolicyFindings = {} satisfies Record<string, CatalogueEntry>;
