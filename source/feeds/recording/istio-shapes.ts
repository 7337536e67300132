import type {
	DestinationRule,
	DestinationSubset,
	IstioDestination,
	IstioGateway,
	IstioHttpMatch,
	IstioHttpRoute,
	IstioRedirect,
	IstioServer,
	IstioStreamMatch,
	IstioTlsRoute,
	StringMatch,
	VirtualService,
} from '../../model/istio.ts';
import {labels, meta} from './common-shapes.ts';
import {boolean, list, map, number, object, oneOf, optional, text} from './shape.ts';

export const istioGateway = object<IstioGateway>({
	...meta,
	selector: optional(labels),
	servers: list(
		object<IstioServer>({
			port: object({number, name: text, protocol: text}),
			hosts: list(text),
			bind: text,
			tls: optional(object({mode: text, httpsRedirect: boolean, credentialNames: list(text)})),
		}),
	),
});

const value = {type: oneOf('exact', 'prefix', 'regex', 'present'), value: text} as const;
const stringMatch = optional(object<StringMatch>(value));
const namedMatches = list(object<IstioHttpMatch['headers'][number]>({...value, name: text}));

const httpMatch = object<IstioHttpMatch>({
	uri: stringMatch,
	scheme: stringMatch,
	method: stringMatch,
	authority: stringMatch,
	headers: namedMatches,
	withoutHeaders: namedMatches,
	queryParams: namedMatches,
	ignoreUriCase: boolean,
	port: optional(number),
	sourceLabels: labels,
	sourceNamespace: text,
	gateways: list(text),
});

const destinations = list(
	object<IstioDestination>({host: text, subset: text, port: optional(number), weight: number}),
);

type Rewrite = NonNullable<IstioHttpRoute['rewrite']>;
type Fault = NonNullable<IstioHttpRoute['fault']>;

const httpRoute = object<IstioHttpRoute>({
	name: text,
	match: list(httpMatch),
	route: destinations,
	redirect: optional(
		object<IstioRedirect>({
			uri: optional(text),
			authority: optional(text),
			scheme: optional(text),
			port: optional(number),
			derivePort: optional(text),
			code: number,
		}),
	),
	directResponse: optional(number),
	delegate: optional(object({namespace: text, name: text})),
	rewrite: optional(
		object<Rewrite>({
			uri: optional(text),
			authority: optional(text),
			uriRegexRewrite: optional(object({match: text, rewrite: text})),
		}),
	),
	timeout: optional(text),
	fault: optional(
		object<Fault>({
			abort: optional(object<NonNullable<Fault['abort']>>({status: optional(number), percentage: number})),
			delay: optional(object({fixedDelay: text, percentage: number})),
		}),
	),
});

const streams = list(
	object<IstioTlsRoute>({
		match: list(
			object<IstioStreamMatch>({
				sniHosts: list(text),
				port: optional(number),
				gateways: list(text),
				sourceLabels: labels,
				sourceNamespace: text,
				destinationSubnets: list(text),
			}),
		),
		route: destinations,
	}),
);

export const virtualService = object<VirtualService>({
	...meta,
	hosts: list(text),
	gateways: list(text),
	exportTo: list(text),
	http: list(httpRoute),
	tls: streams,
	tcp: streams,
});

export const destinationRule = object<DestinationRule>({
	...meta,
	host: text,
	exportTo: list(text),
	workloadSelector: optional(labels),
	tlsMode: optional(text),
	portTls: map(text),
	subsets: list(object<DestinationSubset>({name: text, labels, tlsMode: optional(text)})),
});
