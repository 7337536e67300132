import type {Subset} from '../backend.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import type {SpokenProtocol} from '../controllers/record/ingress-side.ts';
import {lookup, type Snapshot} from '../../model/snapshot.ts';

/** A Service that a rule sends to, and what is wrong with it as far as the rule goes. */
export type RouterBackend = {
	readonly kind: string;
	readonly namespace: string;
	readonly name: string;
	/** As the rule names it. */
	readonly port?: number | string;
	readonly servicePort?: {readonly name?: string; readonly number?: number};
	readonly weight: number;
	/** 0 to 1, of the requests that the rule takes. */
	readonly share: number;
	/** Where it stands in the object: `spec.routes[0].services[0]`. */
	readonly field: string;
	readonly subset?: Subset;
	readonly problem?: BackendProblem;
	/** The controller sends to the Service's address, through kube-proxy. */
	readonly throughProxy?: boolean;
	/** Absent: what the controller speaks to it is not looked at. */
	readonly spoken?: RouterProtocol;
};

/** `isPassedOn`: it is the client that speaks TLS to the backend. */
export type RouterProtocol = SpokenProtocol & {readonly isPassedOn?: true};

type BackendProblem =
	| {readonly type: 'no-service'}
	| {readonly type: 'no-port'}
	/** The controller does not send to it: why, in words. */
	| {readonly type: 'not-routed'; readonly why: string; readonly remedy?: string; readonly value?: string};

type WantedService = {
	readonly namespace: string;
	readonly name: string;
	readonly port?: number | string;
	readonly weight: number;
	readonly field: string;
};

export type ServiceReading = {
	/** The Service port that the rule names. */
	portOf(service: Service, wanted: number | string | undefined): ServicePort | undefined;
	/** Why the controller does not send to the Service. */
	whyNotRouted?(service: Service): string | undefined;
	sendsToService?(service: Service): boolean;
	speaks?(service: Service, port: ServicePort): RouterProtocol;
};

/** Looks up what a rule sends to. A Service that cannot be read counts as there: its own hop says so. */
export function backendOf(snapshot: Snapshot, wanted: WantedService, reading: ServiceReading): RouterBackend {
	const {namespace, name, port, weight, field} = wanted;
	const base = {kind: 'Service', namespace, name, port, weight, share: 1, field};
	const found = lookup(snapshot, 'Service', namespace, name);
	if ('unknown' in found) {
		return {...base, servicePort: typeof port === 'string' ? {name: port} : {number: port}};
	}

	if ('missing' in found) {
		return {...base, problem: {type: 'no-service'}};
	}

	const service = found.found;
	const why = reading.whyNotRouted?.(service);
	const servicePort = reading.portOf(service, port);
	if (why !== undefined || (!servicePort && service.type !== 'ExternalName')) {
		return {...base, problem: why === undefined ? {type: 'no-port'} : {type: 'not-routed', why}};
	}

	return {
		...base,
		servicePort: servicePort && {number: servicePort.port, name: servicePort.name || undefined},
		throughProxy: reading.sendsToService?.(service) || undefined,
		spoken: servicePort && reading.speaks?.(service, servicePort),
	};
}

/** By weight; without any weight all get the same. */
export function shared(backends: readonly RouterBackend[], zero: 'equal' | 'none'): readonly RouterBackend[] {
	const sum = backends.reduce((total, {weight}) => total + weight, 0);
	const isEqual = sum === 0 && zero === 'equal';
	return backends.map((backend) => ({
		...backend,
		weight: isEqual ? 1 : backend.weight,
		share: isEqual ? 1 / backends.length : sum === 0 ? 0 : backend.weight / sum,
	}));
}
