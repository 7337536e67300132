import {labelsOf} from './name.ts';

/** What a name below a zone asks for. Empty strings: not part of the name. */
export type NameRequest = {
	readonly type: '' | 'svc' | 'pod';
	readonly namespace: string;
	/** Of a pod record: the label that holds the address. */
	readonly service: string;
	readonly endpoint: string;
	readonly port: string;
	readonly protocol: string;
	/** Topology zone of a zone-scoped name (option `zonal`). */
	readonly zone: string;
	/** `prefer`: an empty zone falls back to all endpoints; `pin` does not. */
	readonly prefer: boolean;
};

const apex: NameRequest = {
	type: '',
	namespace: '',
	service: '',
	endpoint: '',
	port: '',
	protocol: '',
	zone: '',
	prefer: false,
};

/**
Reads the labels left of the zone, as CoreDNS does (plugin/kubernetes parse.go); `name` in lower case. The zone is
taken off by its number of labels. Undefined: no name of the cluster.
*/
export function parseName(name: string, zone: string, zonal = false): NameRequest | undefined {
	const labels = labelsOf(name);
	const left = labels.slice(0, Math.max(0, labels.length - labelsOf(zone).length));
	const [type, namespace = '', service = '', ...rest] = left.toReversed();
	// `svc.zone` and `pod.zone` are the apex, too: NODATA, whatever the options.
	if (type === undefined || (left.length === 1 && (type === 'svc' || type === 'pod'))) {
		return apex;
	}

	if (type !== 'svc' && type !== 'pod') {
		return undefined;
	}

	const base: NameRequest = {...apex, type, namespace, service};
	const [last = '', before = ''] = rest;
	switch (rest.length) {
		case 0:
			return base;
		case 1:
			return {...base, endpoint: last};
		// Two labels are always port and protocol, with or without underscores.
		case 2:
			return {...base, protocol: withoutUnderscore(last), port: withoutUnderscore(before)};
		default:
			return zonal ? zonalRequest(base, rest) : undefined;
	}
}

/** `topozone.pin|prefer._zone.service.namespace.svc.zone`; the topology zone may hold dots. */
function zonalRequest(base: NameRequest, rest: readonly string[]): NameRequest | undefined {
	const [marker, directive, ...zone] = rest;
	const known = directive === 'pin' || directive === 'prefer';
	return marker === '_zone' && known && base.type === 'svc'
		? {...base, zone: zone.toReversed().join('.'), prefer: directive === 'prefer'}
		: undefined;
}

function withoutUnderscore(label: string): string {
	return label.startsWith('_') ? label.slice(1) : label;
}
