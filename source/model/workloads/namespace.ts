import type {Meta} from '../meta.ts';

/** Source: core/v1 Namespace. */
export type Namespace = Meta & {readonly phase: string};
