import type {CatalogueEntry} from '../catalogue-entry.ts';

export const podFindings = {} satisfies Record<string, CatalogueEntry>;
