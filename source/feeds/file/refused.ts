import {differsByAtMost} from '../../model/matching/edit-distance.ts';
import {isSubdomain} from '../../model/matching/dns-name.ts';
import {parseIp} from '../../model/matching/ip.ts';
import {list, optionalRecord, record, text, type Wire} from '../../projection/wire.ts';
import {Malformed} from './malformed.ts';

/**
Throws `Malformed` for a manifest with a frequent mistake that the API server refuses. An object with a uid or a status comes from a
server, which has accepted it. The message names places and does not quote values.
Source: kubernetes, pkg/apis/networking/validation/validation.go (each also seen on 1.35).
*/
export function verifyAccepted(wire: Wire): void {
	const metadata = record(wire['metadata']);
	if (metadata['uid'] !== undefined || wire['status'] !== undefined) {
		return;
	}

	const kind = text(wire['kind']);
	const refusal = refusals[`${text(wire['apiVersion'])} ${kind}`]?.(record(wire['spec']));
	if (refusal !== undefined) {
		throw new Malformed(`the API server refuses ${kind} ${text(metadata['name'])}: spec${refusal}`);
	}
}

/** Of a spec: the place below it, and what is wrong there. */
type Refusal = (spec: Wire) => string | undefined;

const refusals: Readonly<Record<string, Refusal>> = {
	'networking.k8s.io/v1 Ingress': ofIngress,
	'v1 Service': ofService,
};

function ofIngress(spec: Wire): string | undefined {
	const backend = optionalRecord(spec['defaultBackend']);
	return (
		(backend && below('.defaultBackend', ofBackend(backend))) ??
		first(spec['rules'], '.rules', ofRule) ??
		first(spec['tls'], '.tls', (tls) =>
			list(tls['hosts']).every(isHost) ? undefined : '.hosts has an entry that is not a DNS name',
		)
	);
}

function ofRule(rule: Wire): string | undefined {
	const {host} = rule;
	return host === undefined || host === null || host === '' || isHost(host)
		? first(record(rule['http'])['paths'], '.http.paths', ofPath)
		: '.host is not a DNS name';
}

function ofPath(path: Wire): string | undefined {
	const type = path['pathType'];
	if (type === undefined || type === null) {
		return '.pathType is missing';
	}

	if (!['Exact', 'Prefix', 'ImplementationSpecific'].includes(text(type))) {
		return '.pathType is not one of Exact, Prefix, ImplementationSpecific';
	}

	const urlPath = text(path['path']);
	return urlPath.startsWith('/') || (urlPath === '' && type === 'ImplementationSpecific')
		? below('.backend', ofBackend(record(path['backend'])))
		: '.path does not begin with /';
}

function ofBackend(backend: Wire): string | undefined {
	const old = ['serviceName', 'servicePort'].find((field) => field in backend);
	if (old !== undefined) {
		return `.${old} is of v1beta1: v1 has service.name and service.port`;
	}

	const service = optionalRecord(backend['service']);
	return service && below('.service.port', ofBackendPort(record(service['port'])));
}

function ofBackendPort({name, number}: Wire): string | undefined {
	if (typeof number === 'string') {
		return '.number is not a number: it is in quotes, or a name';
	}

	const hasName = text(name) !== '';
	const hasNumber = typeof number === 'number' && number !== 0;
	return hasName === hasNumber
		? ` needs ${hasName ? 'only one of name and number' : 'a name or a number'}`
		: undefined;
}

/** Wildcards: one, as the whole first label. */
function isHost(host: unknown): boolean {
	const name = text(host);
	return (
		typeof host === 'string' &&
		name.length <= 253 &&
		isSubdomain(name.replace(/^\*\./u, '')) &&
		parseIp(name) === undefined
	);
}

function ofService(spec: Wire): string | undefined {
	const unknown = Object.keys(spec).filter((field) => !serviceFields.includes(field));
	for (const field of unknown) {
		const near = serviceFields.find((known) => isSlip(known, field));
		if (near !== undefined) {
			return ` has no field ${text(field)}; the nearest is ${near}`;
		}
	}

	const [stray] = unknown;
	if (stray !== undefined && spec['selector'] === null) {
		return ` has no field ${text(stray)}; it may belong to selector, which is empty`;
	}

	return first(spec['ports'], '.ports', ({port}) =>
		typeof port === 'string' ? '.port is not a number: it is in quotes' : undefined,
	);
}

/** kubectl asks for strict decoding, which refuses unknown fields. One that is near none of these may be newer than knet. */
const serviceFields: readonly string[] = [
	'allocateLoadBalancerNodePorts',
	'clusterIP',
	'clusterIPs',
	'externalIPs',
	'externalName',
	'externalTrafficPolicy',
	'healthCheckNodePort',
	'internalTrafficPolicy',
	'ipFamilies',
	'ipFamily',
	'ipFamilyPolicy',
	'loadBalancerClass',
	'loadBalancerIP',
	'loadBalancerSourceRanges',
	'ports',
	'publishNotReadyAddresses',
	'selector',
	'sessionAffinity',
	'sessionAffinityConfig',
	'topologyKeys',
	'trafficDistribution',
	'type',
];

function isSlip(known: string, field: string): boolean {
	const limit = known.length > 5 ? 2 : 1;
	return field.length >= 4 && differsByAtMost(limit, known.toLowerCase(), field.toLowerCase());
}

function first(items: unknown, place: string, refusal: Refusal): string | undefined {
	for (const [index, item] of list(items).entries()) {
		const found = below(`${place}[${index}]`, refusal(record(item)));
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
}

function below(place: string, refusal: string | undefined): string | undefined {
	return refusal === undefined ? undefined : `${place}${refusal}`;
}
