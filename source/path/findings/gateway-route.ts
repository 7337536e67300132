import type {CatalogueEntry} from '../catalogue-entry.ts';

export const gatewayRouteFindings = {} satisfies Record<string, CatalogueEntry>;
