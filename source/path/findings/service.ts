import type {CatalogueEntry} from '../catalogue-entry.ts';

export const serviceFindings = {} satisfies Record<string, CatalogueEntry>;
