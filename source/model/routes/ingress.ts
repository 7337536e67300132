import type {ObjectRef} from '../ref.ts';
import type {Meta} from '../meta.ts';

/** Source: networking/v1 Ingress. */
export type Ingress = Meta & {
	/** `spec.ingressClassName`; the legacy annotation stays in annotations. */
	readonly className?: string;
	readonly defaultBackend?: IngressBackend;
	readonly rules: readonly IngressRule[];
	readonly tls: readonly {readonly hosts: readonly string[]; readonly secretName?: string}[];
	/** `status.loadBalancer.ingress`. */
	readonly addresses: readonly {readonly ip?: string; readonly hostname?: string}[];
};

type IngressRule = {
	/** '' matches every host. */
	readonly host: string;
	readonly paths: readonly IngressPath[];
};

export type IngressPath = {
	/** '' where the object has none (only with ImplementationSpecific). */
	readonly path: string;
	readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
	readonly backend: IngressBackend;
};

export type IngressBackend =
	| {
			readonly type: 'service';
			readonly name: string;
			readonly port: {readonly name?: string; readonly number?: number};
	  }
	| {readonly type: 'resource'; readonly resource: ObjectRef};

/** Source: networking/v1 IngressClass. */
export type IngressClass = Meta & {
	/** `spec.controller`, for example `k8s.io/ingress-nginx`. */
	readonly controller: string;
	/** Annotation `ingressclass.kubernetes.io/is-default-class`. */
	readonly isDefault: boolean;
	/** `spec.parameters`, where it names an object. */
	readonly parameters?: {readonly kind: string; readonly name: string};
};
