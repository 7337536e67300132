import type {
	TlsCertificateDelegation,
	HttpProxy,
	ProxyCondition,
	ProxyInclude,
	ProxyRoute,
	ProxyService,
	ValueCondition,
} from '../../model/routes/http-proxy.ts';
import {projectMeta} from '../meta.ts';
import {
	list,
	number,
	optionalNumber,
	optionalRecord,
	optionalText,
	optionalVerbatim,
	record,
	records,
	text,
	type Wire,
	verbatim,
} from '../wire.ts';

export function projectHttpProxy(wire: Wire): HttpProxy {
	const spec = record(wire['spec']);
	const status = record(wire['status']);
	const host = optionalRecord(spec['virtualhost']);
	const valid = list(status['conditions'])
		.map((item) => record(item))
		.find((condition) => condition['type'] === 'Valid');
	return {
		...projectMeta(wire),
		className: optionalText(spec['ingressClassName']) || undefined,
		virtualHost: host && projectVirtualHost(host),
		includes: list(spec['includes']).map((item) => ({
			...projectInclude(record(item)),
			conditions: projectConditions(record(item)['conditions']),
		})),
		routes: records(spec['routes']).map(projectRoute),
		tcpProxy: projectTcpProxy(optionalRecord(spec['tcpproxy'])),
		currentStatus: optionalText(status['currentStatus']),
		errors: list(valid?.['errors']).map((item) => ({
			type: text(record(item)['type']),
			reason: text(record(item)['reason']),
			message: text(record(item)['message']),
		})),
		observedGeneration: optionalNumber(valid?.['observedGeneration']),
		addresses: list(record(status['loadBalancer'])['ingress']).map((item) => ({
			ip: optionalText(record(item)['ip']) || undefined,
			hostname: optionalText(record(item)['hostname']) || undefined,
		})),
	};
}

// What can refuse a request (authorization, JWT, IP filters, rate limits) or the whole virtual host.
const unreadOfHost = [
	'authorization',
	'jwtProviders',
	'ipAllowPolicy',
	'ipDenyPolicy',
	'rateLimitPolicy',
	'corsPolicy',
];
const unreadOfRoute = [
	'jwtVerificationPolicy',
	'ipAllowPolicy',
	'ipDenyPolicy',
	'rateLimitPolicy',
	'authPolicy',
];

function projectVirtualHost(host: Wire): HttpProxy['virtualHost'] {
	const tls = optionalRecord(host['tls']);
	const clientValidation = tls?.['clientValidation'] === undefined ? [] : ['tls.clientValidation'];
	return {
		fqdn: text(host['fqdn']),
		tls: tls && {secretName: text(tls['secretName']), passthrough: tls['passthrough'] === true},
		unread: [...unreadOfHost.filter((name) => host[name] !== undefined), ...clientValidation],
	};
}

function projectInclude(include: Wire): ProxyInclude {
	return {namespace: optionalText(include['namespace']) || undefined, name: text(include['name'])};
}

function projectTcpProxy(proxy: Wire | undefined): HttpProxy['tcpProxy'] {
	// `includes` is the older spelling, and the singular goes first.
	const include = optionalRecord(proxy?.['include']) ?? optionalRecord(proxy?.['includes']);
	return (
		proxy && {
			services: records(proxy['services']).map(projectService),
			include: include && projectInclude(include),
		}
	);
}

function projectConditions(value: unknown): readonly ProxyCondition[] {
	return records(value).map((condition) => ({
		prefix: optionalVerbatim(condition['prefix']) || undefined,
		exact: optionalVerbatim(condition['exact']) || undefined,
		regex: optionalVerbatim(condition['regex']) || undefined,
		header: projectValue(optionalRecord(condition['header'])),
		query: projectValue(optionalRecord(condition['queryParameter'])),
	}));
}

// In the order in which Contour looks for one (headerMatchConditions, queryParameterMatchConditions).
const tests = ['contains', 'notcontains', 'exact', 'notexact', 'prefix', 'suffix', 'regex'] as const;

function projectValue(condition: Wire | undefined): ValueCondition | undefined {
	if (!condition) {
		return undefined;
	}

	const test =
		condition['present'] === true
			? 'present'
			: condition['notpresent'] === true
				? 'notpresent'
				: tests.find((name) => optionalText(condition[name]));
	return (
		test && {
			name: text(condition['name']),
			test,
			value: test === 'present' || test === 'notpresent' ? '' : verbatim(condition[test]),
			ignoreCase: condition['ignoreCase'] === true,
			treatMissingAsEmpty: condition['treatMissingAsEmpty'] === true,
		}
	);
}

function projectRoute(route: Wire): ProxyRoute {
	const redirect = optionalRecord(route['requestRedirectPolicy']);
	const direct = optionalRecord(route['directResponsePolicy']);
	return {
		conditions: projectConditions(route['conditions']),
		services: records(route['services']).map(projectService),
		permitInsecure: route['permitInsecure'] === true,
		prefixReplacements: list(record(route['pathRewritePolicy'])['replacePrefix']).map((item) => ({
			prefix: text(record(item)['prefix']),
			replacement: text(record(item)['replacement']),
		})),
		redirect: redirect && {
			scheme: optionalText(redirect['scheme']),
			hostname: optionalText(redirect['hostname']),
			port: optionalNumber(redirect['port']),
			path: optionalText(redirect['path']),
			prefix: optionalText(redirect['prefix']),
			statusCode: optionalNumber(redirect['statusCode']),
		},
		directResponse: direct && number(direct['statusCode']),
		unread: unreadOfRoute.filter((name) => route[name] !== undefined),
	};
}

function projectService(service: Wire): ProxyService {
	return {
		name: text(service['name']),
		port: number(service['port']),
		weight: number(service['weight']),
		mirror: service['mirror'] === true,
		protocol: optionalText(service['protocol']) || undefined,
	};
}

export function projectTlsCertificateDelegation(wire: Wire): TlsCertificateDelegation {
	return {
		...projectMeta(wire),
		delegations: list(record(wire['spec'])['delegations']).map((item) => ({
			secretName: text(record(item)['secretName']),
			targetNamespaces: list(record(item)['targetNamespaces']).map(text),
		})),
	};
}
