import type {CatalogueEntry} from '../catalogue-entry.ts';

export const routeFindings = {} satisfies Record<string, CatalogueEntry>;
