import type {CatalogueEntry} from '../catalogue-entry.ts';

export const gatewayFindings = {} satisfies Record<string, CatalogueEntry>;
