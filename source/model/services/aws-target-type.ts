import type {Meta} from '../meta.ts';

/** Source: elbv2.k8s.aws/v1beta1 IngressClassParams; an IngressClass names it by `spec.parameters`. */
export type IngressClassParams = Meta & {
	/** `ip` or `instance`. */
	readonly targetType?: string;
};

/** Source: gateway.k8s.aws/v1beta1 TargetGroupConfiguration. */
export type TargetGroupConfiguration = Meta & {
	/** `spec.targetReference.name`, in its namespace. Empty: it may be the default of a LoadBalancerConfiguration. */
	readonly service: string;
	/** `spec.defaultConfiguration.targetType`. */
	readonly targetType?: string;
	/** `spec.routeConfigurations`: some routes have a configuration of their own. */
	readonly routes: readonly {
		readonly kind: string;
		/** '' stands for all. */
		readonly namespace: string;
		readonly name: string;
		readonly targetType?: string;
	}[];
};
