import type {RouteInput} from '../../../ingress/decision.ts';
import type {NginxConfiguration} from './configuration.ts';

/** A request, and what the provider makes of all Ingresses. */
export type Configured = RouteInput & {readonly configuration: NginxConfiguration};
