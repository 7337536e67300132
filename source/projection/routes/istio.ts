import type {
	DestinationRule,
	IstioDestination,
	IstioGateway,
	IstioHttpMatch,
	IstioHttpRoute,
	IstioServer,
	IstioStreamMatch,
	IstioTlsRoute,
	ServiceEntry,
	Sidecar,
	StringMatch,
	VirtualService,
	WorkloadEntry,
} from '../../model/routes/istio.ts';
import {projectForeignRoute} from './foreign-route.ts';
import {projectMeta} from '../meta.ts';
import {
	list,
	number,
	optionalNumber,
	optionalRecord,
	optionalText,
	record,
	records,
	text,
	textMap,
	texts,
	type Wire,
} from '../wire.ts';

export function projectIstioGateway(wire: Wire): IstioGateway {
	const spec = record(wire['spec']);
	const selector = optionalRecord(spec['selector']);
	return {
		...projectMeta(wire),
		selector: selector && textMap(selector),
		servers: records(spec['servers']).map(projectServer),
	};
}

function projectServer(server: Wire): IstioServer {
	const port = record(server['port']);
	const tls = optionalRecord(server['tls']);
	return {
		port: {
			number: number(port['number']),
			name: text(port['name']),
			protocol: text(port['protocol']).toUpperCase(),
		},
		hosts: texts(server['hosts']),
		bind: text(server['bind']),
		tls: tls && {
			mode: optionalText(tls['mode']) ?? 'PASSTHROUGH',
			httpsRedirect: tls['httpsRedirect'] === true,
			credentialNames: credentialNames(tls),
		},
	};
}

/** `credentialNames` counts before `credentialName` (istio/istio, model/gateway.go). */
function credentialNames(tls: Wire): readonly string[] {
	const several = texts(tls['credentialNames']);
	const one = text(tls['credentialName']);
	return several.length > 0 ? several : one === '' ? [] : [one];
}

const withHosts = projectForeignRoute('hosts');

export function projectServiceEntry(wire: Wire): ServiceEntry {
	return {...withHosts(wire), exportTo: texts(record(wire['spec'])['exportTo'])};
}

export function projectWorkloadEntry(wire: Wire): WorkloadEntry {
	const meta = projectMeta(wire);
	const spec = record(wire['spec']);
	return {...meta, labels: {...textMap(spec['labels']), ...meta.labels}, address: text(spec['address'])};
}

export function projectSidecar(wire: Wire): Sidecar {
	const spec = record(wire['spec']);
	const selector = optionalRecord(spec['workloadSelector']);
	const outbound = optionalRecord(spec['outboundTrafficPolicy']);
	return {
		...projectMeta(wire),
		workloadSelector: selector && textMap(selector['labels']),
		egress: list(spec['egress']).map((item) => ({
			port: optionalNumber(record(record(item)['port'])['number']),
			hosts: texts(record(item)['hosts']),
		})),
		// Its first value is the default of the enumeration.
		outbound: outbound && (optionalText(outbound['mode']) ?? 'REGISTRY_ONLY'),
	};
}

export function projectVirtualService(wire: Wire): VirtualService {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		hosts: texts(spec['hosts']),
		gateways: texts(spec['gateways']),
		exportTo: texts(spec['exportTo']),
		http: records(spec['http']).map(projectHttpRoute),
		tls: records(spec['tls']).map(projectStream),
		tcp: records(spec['tcp']).map(projectStream),
	};
}

function projectHttpRoute(route: Wire): IstioHttpRoute {
	const delegate = optionalRecord(route['delegate']);
	const direct = optionalRecord(route['directResponse']);
	return {
		name: text(route['name']),
		match: records(route['match']).map(projectHttpMatch),
		route: records(route['route']).map(projectDestination),
		redirect: projectRedirect(optionalRecord(route['redirect'])),
		directResponse: direct && number(direct['status'], 200),
		delegate: delegate && {namespace: text(delegate['namespace']), name: text(delegate['name'])},
		rewrite: projectRewrite(optionalRecord(route['rewrite'])),
		timeout: optionalText(route['timeout']),
		fault: projectFault(optionalRecord(route['fault'])),
	};
}

function projectHttpMatch(match: Wire): IstioHttpMatch {
	return {
		uri: stringMatch(match['uri']),
		scheme: stringMatch(match['scheme']),
		method: stringMatch(match['method']),
		authority: stringMatch(match['authority']),
		headers: namedMatches(match['headers']),
		withoutHeaders: namedMatches(match['withoutHeaders']),
		queryParams: namedMatches(match['queryParams']),
		ignoreUriCase: match['ignoreUriCase'] === true,
		port: optionalNumber(match['port']),
		sourceLabels: textMap(match['sourceLabels']),
		sourceNamespace: text(match['sourceNamespace']),
		gateways: texts(match['gateways']),
	};
}

const matchTypes = ['exact', 'prefix', 'regex'] as const;

/** `{}` and the regular expression `*` stand for any value (istio/istio, route.go, canBeConvertedToPresentMatch). */
function stringMatch(value: unknown): StringMatch | undefined {
	const match = optionalRecord(value);
	if (!match) {
		return undefined;
	}

	const type = matchTypes.find((name) => optionalText(match[name]) !== undefined);
	const wanted = type ? text(match[type]) : '';
	return type === undefined || (type === 'regex' && wanted === '*')
		? {type: 'present', value: ''}
		: {type, value: wanted};
}

function namedMatches(value: unknown): IstioHttpMatch['headers'] {
	return Object.entries(record(value)).map(([name, item]) => ({
		...(stringMatch(item) ?? {type: 'present', value: ''}),
		name: text(name),
	}));
}

function projectDestination(route: Wire): IstioDestination {
	const destination = record(route['destination']);
	return {
		host: text(destination['host']),
		subset: text(destination['subset']),
		port: optionalNumber(record(destination['port'])['number']),
		weight: number(route['weight']),
	};
}

function projectRedirect(redirect: Wire | undefined): IstioHttpRoute['redirect'] {
	return (
		redirect && {
			uri: optionalText(redirect['uri']),
			authority: optionalText(redirect['authority']),
			scheme: optionalText(redirect['scheme']),
			port: optionalNumber(redirect['port']),
			derivePort: optionalText(redirect['derivePort']),
			code: number(redirect['redirectCode'], 301),
		}
	);
}

function projectRewrite(rewrite: Wire | undefined): IstioHttpRoute['rewrite'] {
	const regex = rewrite && optionalRecord(rewrite['uriRegexRewrite']);
	return (
		rewrite && {
			uri: optionalText(rewrite['uri']),
			authority: optionalText(rewrite['authority']),
			uriRegexRewrite: regex && {match: text(regex['match']), rewrite: text(regex['rewrite'])},
		}
	);
}

function projectFault(fault: Wire | undefined): IstioHttpRoute['fault'] {
	const abort = fault && optionalRecord(fault['abort']);
	const delay = fault && optionalRecord(fault['delay']);
	return (
		fault && {
			abort: abort && {status: optionalNumber(abort['httpStatus']), percentage: percentage(abort, 0)},
			delay: delay && {
				fixedDelay: text(delay['fixedDelay']),
				percentage: percentage(delay, number(delay['percent'])),
			},
		}
	);
}

/** Absent: for no request (seen on istiod of 2026-08-27). The old `percent` counts for delays alone (route.go, TranslateFault). */
function percentage(fault: Wire, fallback: number): number {
	const given = optionalRecord(fault['percentage']);
	return given ? number(given['value']) : fallback;
}

function projectStream(route: Wire): IstioTlsRoute {
	return {
		match: records(route['match']).map(projectStreamMatch),
		route: records(route['route']).map(projectDestination),
	};
}

function projectStreamMatch(match: Wire): IstioStreamMatch {
	return {
		sniHosts: texts(match['sniHosts']),
		port: optionalNumber(match['port']),
		gateways: texts(match['gateways']),
	};
}

export function projectDestinationRule(wire: Wire): DestinationRule {
	const spec = record(wire['spec']);
	const policy = record(spec['trafficPolicy']);
	const selector = optionalRecord(record(spec['workloadSelector'])['matchLabels']);
	return {
		...projectMeta(wire),
		host: text(spec['host']),
		exportTo: texts(spec['exportTo']),
		workloadSelector: selector && textMap(selector),
		tlsMode: tlsMode(policy),
		portTls: portTls(policy),
		mayUseHttp2: [policy, ...list(policy['portLevelSettings']).map(record), ...subsetPolicies(spec)].some(
			usesHttp2,
		),
		subsets: records(spec['subsets']).map((subset) => ({
			name: text(subset['name']),
			labels: textMap(subset['labels']),
			tlsMode: tlsMode(record(subset['trafficPolicy'])),
		})),
	};
}

function subsetPolicies(spec: Wire): readonly Wire[] {
	return records(spec['subsets']).map((subset) => record(subset['trafficPolicy']));
}

function usesHttp2(policy: Wire): boolean {
	const http = record(record(policy['connectionPool'])['http']);
	return http['h2UpgradePolicy'] === 'UPGRADE' || http['useClientProtocol'] === true;
}

function tlsMode(policy: Wire): string | undefined {
	return optionalText(record(policy['tls'])['mode']);
}

function portTls(policy: Wire): DestinationRule['portTls'] {
	const entries = list(policy['portLevelSettings']).flatMap((item) => {
		const settings = record(item);
		const mode = tlsMode(settings);
		return mode === undefined ? [] : [[number(record(settings['port'])['number']), mode] as const];
	});
	return Object.fromEntries(entries);
}
