import type {
	HttpProxy,
	ProxyCondition,
	ProxyRoute,
	ProxyService,
	ValueCondition,
} from '../../model/http-proxy.ts';
import {meta} from './common-shapes.ts';
import {boolean, list, number, object, oneOf, optional, text} from './shape.ts';

const include = {namespace: optional(text), name: text};

const service = object<ProxyService>({
	name: text,
	port: number,
	weight: number,
	mirror: boolean,
	protocol: optional(text),
});

const value = object<ValueCondition>({
	name: text,
	test: oneOf(
		'present',
		'notpresent',
		'contains',
		'notcontains',
		'exact',
		'notexact',
		'regex',
		'prefix',
		'suffix',
	),
	value: text,
	ignoreCase: boolean,
	treatMissingAsEmpty: boolean,
});

const conditions = list(
	object<ProxyCondition>({
		prefix: optional(text),
		exact: optional(text),
		regex: optional(text),
		header: optional(value),
		query: optional(value),
	}),
);

const route = object<ProxyRoute>({
	conditions,
	services: list(service),
	permitInsecure: boolean,
	prefixReplacements: list(object({prefix: text, replacement: text})),
	redirect: optional(
		object<NonNullable<ProxyRoute['redirect']>>({
			scheme: optional(text),
			hostname: optional(text),
			port: optional(number),
			path: optional(text),
			prefix: optional(text),
			statusCode: optional(number),
		}),
	),
	directResponse: optional(number),
	unread: list(text),
});

export const httpProxy = object<HttpProxy>({
	...meta,
	className: optional(text),
	virtualHost: optional(
		object<NonNullable<HttpProxy['virtualHost']>>({
			fqdn: text,
			tls: optional(object({secretName: text, passthrough: boolean})),
			unread: list(text),
		}),
	),
	includes: list(object<HttpProxy['includes'][number]>({...include, conditions})),
	routes: list(route),
	tcpProxy: optional(
		object<NonNullable<HttpProxy['tcpProxy']>>({
			services: list(service),
			include: optional(object<HttpProxy['includes'][number]>({...include, conditions: () => []})),
		}),
	),
	currentStatus: optional(text),
	errors: list(object({type: text, reason: text, message: text})),
	observedGeneration: optional(number),
	addresses: list(object<HttpProxy['addresses'][number]>({ip: optional(text), hostname: optional(text)})),
});
