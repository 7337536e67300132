import type {
	IstioDestination,
	IstioHttpMatch,
	IstioHttpRoute,
	IstioStreamMatch,
	IstioTlsRoute,
	StringMatch,
	VirtualService,
} from '../../model/routes/istio.ts';
import {projectMeta} from '../meta.ts';
import {
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
	verbatim,
} from '../wire.ts';

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
	const wanted = type ? verbatim(match[type]) : '';
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
