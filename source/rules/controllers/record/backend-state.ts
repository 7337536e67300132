import type {EndpointSlice} from '../../../model/services/endpoint-slice.ts';
import type {IngressBackend} from '../../../model/routes/ingress.ts';
import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {BackendState} from '../../ingress/decision.ts';
import {nginxEndpoints} from '../ingress-nginx/endpoints.ts';
import type {IngressSide} from './ingress-side.ts';

type BackendStateInput = {
	readonly side: IngressSide;
	readonly backend: IngressBackend;
	/** Absent: it does not exist. */
	readonly service?: Service;
	/** Absent: not known; the backend then counts as ready. */
	readonly slices?: readonly EndpointSlice[];
};

/** What a backend is worth to a controller. */
export function backendStateOf({side, backend, service, slices}: BackendStateInput): BackendState {
	if (backend.type === 'resource') {
		return {type: 'resource'};
	}

	if (!service) {
		return {type: 'no-service'};
	}

	const isExternal = service.type === 'ExternalName';
	const port = portOf(side, service, backend.port);
	if (!port && !(isExternal && side.inventsExternalPort)) {
		return {type: 'no-port', service};
	}

	if (isExternal) {
		return {type: 'external-name', service};
	}

	return port && slices && nginxEndpoints({service, port, protocol: 'TCP', slices, zone: ''}).length === 0
		? {type: 'empty'}
		: {type: 'ready', service};
}

export type WantedPort = {readonly name?: string; readonly number?: number};

/** The Service port that a backend names, as the controller reads it. */
export function portOf(side: IngressSide, service: Service, wanted: WantedPort): ServicePort | undefined {
	if (wanted.name === undefined && wanted.number === undefined) {
		return service.ports[0];
	}

	return (side.portOf ?? exactPort)(service, wanted);
}

/** The API's rule. An empty name never equals an empty name. */
export function exactPort({ports}: Service, wanted: WantedPort): ServicePort | undefined {
	return ports.find(({name, port}) => port === wanted.number || (name !== '' && name === wanted.name));
}

/** Whether what a backend says as the Service port is the targetPort: a common slip. */
export function fitsTargetPort({targetPort}: ServicePort, {name, number}: WantedPort): boolean {
	return targetPort === number || (name !== undefined && name !== '' && targetPort === name);
}
