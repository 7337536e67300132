import type {CatalogueEntry} from '../catalogue-entry.ts';

export const controllerFindings = {} satisfies Record<string, CatalogueEntry>;
