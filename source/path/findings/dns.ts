import type {CatalogueEntry} from '../catalogue-entry.ts';

export const dnsFindings = {} satisfies Record<string, CatalogueEntry>;
