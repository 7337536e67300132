import type {
	IngressRoute,
	IngressRouteTcp,
	Middleware,
	NameInNamespace,
	TlsOption,
	TlsStore,
	TraefikRoute,
	TraefikService,
	TraefikServiceRef,
} from '../../model/routes/ingress-route.ts';
import {withoutUser} from '../../model/safe-text/hide.ts';
import {projectMeta} from '../meta.ts';
import {
	intOrString,
	list,
	number,
	optionalNumber,
	optionalRecord,
	optionalText,
	record,
	text,
	texts,
	type Wire,
	records,
	verbatim,
} from '../wire.ts';

export function projectIngressRoute(wire: Wire): IngressRoute {
	return {
		...projectIngressRouteTcp(wire),
		hasParents: list(record(wire['spec'])['parentRefs']).length > 0,
	};
}

export function projectIngressRouteTcp(wire: Wire): IngressRouteTcp {
	const spec = record(wire['spec']);
	const tls = optionalRecord(spec['tls']);
	return {
		...projectMeta(wire),
		api: text(wire['apiVersion']),
		className: optionalText(spec['ingressClassName']) || undefined,
		entryPoints: texts(spec['entryPoints']),
		routes: records(spec['routes']).map(projectRoute),
		tls: tls && {
			secretName: text(tls['secretName']),
			passthrough: tls['passthrough'] === true,
			options: text(record(tls['options'])['name']) === '' ? undefined : projectName(tls['options']),
			certResolver: optionalText(tls['certResolver']) || undefined,
		},
	};
}

function projectRoute(route: Wire): TraefikRoute {
	return {
		match: verbatim(route['match']),
		kind: text(route['kind']),
		priority: number(route['priority']),
		syntax: text(route['syntax']),
		services: list(route['services']).map(projectServiceRef),
		middlewares: list(route['middlewares']).map(projectName),
	};
}

function projectName(item: unknown): NameInNamespace {
	const {namespace, name} = record(item);
	return {namespace: optionalText(namespace) || undefined, name: text(name)};
}

const unreadOfService = ['healthCheck', 'middlewares', 'nodePortLB', 'proxyProtocol'];

function projectServiceRef(item: unknown): TraefikServiceRef {
	const service = record(item);
	const nativeLb = service['nativeLB'];
	return {
		...projectName(item),
		kind: text(service['kind']),
		port: intOrString(service['port']),
		weight: optionalNumber(service['weight']),
		nativeLb: typeof nativeLb === 'boolean' ? nativeLb : undefined,
		scheme: optionalText(service['scheme']) || undefined,
		serversTransport: optionalText(service['serversTransport']) || undefined,
		unread: unreadOfService.filter((name) => service[name] !== undefined && service[name] !== false),
	};
}

export function projectTraefikService(wire: Wire): TraefikService {
	const spec = record(wire['spec']);
	const types = ['weighted', 'mirroring', 'highestRandomWeight', 'failover'] as const;
	const type = types.find((each) => optionalRecord(spec[each])) ?? 'none';
	const part = record(spec[type]);
	const main = type === 'failover' ? part['service'] : part;
	return {
		...projectMeta(wire),
		type,
		services:
			type === 'weighted' || type === 'highestRandomWeight'
				? list(part['services']).map(projectServiceRef)
				: type === 'none'
					? []
					: [projectServiceRef(main)],
	};
}

export function projectTlsOption(wire: Wire): TlsOption {
	const spec = record(wire['spec']);
	const clientAuth = record(spec['clientAuth']);
	return {
		...projectMeta(wire),
		api: text(wire['apiVersion']),
		sniStrict: spec['sniStrict'] === true,
		clientAuthType: text(clientAuth['clientAuthType']),
		clientSecrets: texts(clientAuth['secretNames']),
	};
}

export function projectTlsStore(wire: Wire): TlsStore {
	return {
		...projectMeta(wire),
		secretNames: list(record(wire['spec'])['certificates']).map((each) => text(record(each)['secretName'])),
	};
}

/** By type of middleware, the field with the texts that change a path or an answer. None of them is a password. */
const valuesIn: Readonly<Record<string, string>> = {
	stripPrefix: 'prefixes',
	stripPrefixRegex: 'regex',
	addPrefix: 'prefix',
	replacePath: 'path',
	replacePathRegex: 'regex',
	redirectRegex: 'regex',
	ipAllowList: 'sourceRange',
	ipWhiteList: 'sourceRange',
	forwardAuth: 'address',
};

export function projectMiddleware(wire: Wire): Middleware {
	const spec = record(wire['spec']);
	const [type = ''] = Object.keys(spec).filter((key) => spec[key] !== null);
	const part = record(spec[type]);
	const values = part[valuesIn[text(type)] ?? ''];
	return {
		...projectMeta(wire),
		type: text(type),
		values: (Array.isArray(values) ? texts(values) : values === undefined ? [] : [text(values)]).map(
			(value) => (type === 'forwardAuth' ? addressOnly(value) : value),
		),
		scheme: optionalText(part['scheme']),
		port: optionalText(part['port']),
		permanent: part['permanent'] === true,
		replacement: optionalText(part['replacement']),
		middlewares: list(part['middlewares']).map(projectName),
	};
}

/** Without user, password and query: any of them may be a credential. */
function addressOnly(url: string): string {
	return withoutUser(url).replace(/[?#].*$/u, '');
}
