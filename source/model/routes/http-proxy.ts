import type {Meta} from '../meta.ts';

/** Of Contour. Source: projectcontour/contour 1.33, apis/projectcontour/v1/httpproxy.go. */
export type HttpProxy = Meta & {
	/** `spec.ingressClassName`; the annotation stays in annotations. */
	readonly className?: string;
	/** A root has one; a proxy without is there to be included. */
	readonly virtualHost?: {
		readonly fqdn: string;
		readonly tls?: {readonly secretName: string; readonly passthrough: boolean};
		/** Names of fields that may refuse a request, or the object, and that are not followed. */
		readonly unread: readonly string[];
	};
	readonly includes: readonly (ProxyInclude & {readonly conditions: readonly ProxyCondition[]})[];
	readonly routes: readonly ProxyRoute[];
	readonly tcpProxy?: {readonly services: readonly ProxyService[]; readonly include?: ProxyInclude};
	/** `status.currentStatus`: valid, invalid or orphaned. */
	readonly currentStatus?: string;
	/** Errors of the condition Valid. */
	readonly errors: readonly {
		readonly type: string;
		readonly reason: string;
		readonly message: string;
	}[];
	/** Of the condition Valid. */
	readonly observedGeneration?: number;
	/** `status.loadBalancer.ingress`. */
	readonly addresses: readonly {readonly ip?: string; readonly hostname?: string}[];
};

export type ProxyInclude = {readonly namespace?: string; readonly name: string};

export type ProxyCondition = {
	readonly prefix?: string;
	readonly exact?: string;
	readonly regex?: string;
	readonly header?: ValueCondition;
	readonly query?: ValueCondition;
};

/** Of a header or a query parameter. */
export type ValueCondition = {
	readonly name: string;
	readonly test:
		| 'present'
		| 'notpresent'
		| 'contains'
		| 'notcontains'
		| 'exact'
		| 'notexact'
		| 'regex'
		| 'prefix'
		| 'suffix';
	readonly value: string;
	readonly ignoreCase: boolean;
	readonly treatMissingAsEmpty: boolean;
};

export type ProxyRoute = {
	readonly conditions: readonly ProxyCondition[];
	readonly services: readonly ProxyService[];
	readonly permitInsecure: boolean;
	readonly prefixReplacements: readonly {readonly prefix: string; readonly replacement: string}[];
	readonly redirect?: {
		readonly scheme?: string;
		readonly hostname?: string;
		readonly port?: number;
		readonly path?: string;
		readonly prefix?: string;
		readonly statusCode?: number;
	};
	/** Status of `directResponsePolicy`. */
	readonly directResponse?: number;
	/** Names of fields of the route that may refuse a request, and that are not followed. */
	readonly unread: readonly string[];
};

export type ProxyService = {
	readonly name: string;
	readonly port: number;
	readonly weight: number;
	readonly mirror: boolean;
	/** `h2`, `h2c` or `tls`. */
	readonly protocol?: string;
};

/** Namespaces that may use Secrets of its own namespace; `*` stands for all. */
export type TlsCertificateDelegation = Meta & {
	readonly delegations: readonly {
		readonly secretName: string;
		readonly targetNamespaces: readonly string[];
	}[];
};
