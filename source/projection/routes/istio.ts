import type {
	IstioGateway,
	IstioServer,
	ServiceEntry,
	Sidecar,
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
