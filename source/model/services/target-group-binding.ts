import type {Meta} from '../meta.ts';

/** Source: elbv2.k8s.aws/v1beta1 TargetGroupBinding; one for each port of a Service that a load balancer sends to. */
export type TargetGroupBinding = Meta & {
	/** `spec.serviceRef.name`, in the binding's namespace. */
	readonly service: string;
	readonly port?: number | string;
	/** `ip` or `instance`. */
	readonly targetType?: string;
};
