import type {CatalogueEntry} from '../catalogue-entry.ts';

export const accessFindings = {} satisfies Record<string, CatalogueEntry>;
