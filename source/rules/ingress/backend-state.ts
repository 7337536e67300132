import type {EndpointSlice} from '../../model/endpoint-slice.ts';
import type {IngressBackend} from '../../model/ingress.ts';
import type {Service, ServicePort} from '../../model/service.ts';
import type {BackendState} from './decision.ts';
import {nginxEndpoints} from './nginx/nginx-endpoints.ts';
import type {IngressProfile} from '../controllers/controller.ts';

export type BackendStateInput = {
	readonly profile: IngressProfile;
	readonly backend: IngressBackend;
	/** Absent: it does not exist. */
	readonly service?: Service;
	/** Absent: not known; the backend then counts as ready. */
	readonly slices?: readonly EndpointSlice[];
};

/** What a backend is worth to the controller of a profile. */
export function backendStateOf({profile, backend, service, slices}: BackendStateInput): BackendState {
	if (backend.type === 'resource') {
		return {type: 'resource'};
	}

	if (!service) {
		return {type: 'no-service'};
	}

	const isExternal = service.type === 'ExternalName';
	const port = portOf(profile, service, backend.port);
	// ingress-nginx invents the port of an ExternalName Service that has none (externalNamePorts).
	if (!port && !(isExternal && profile === 'ingress-nginx')) {
		return {type: 'no-port', service};
	}

	if (isExternal) {
		return {type: 'external-name', service};
	}

	return port && slices && !hasEndpoints(profile, {service, port, slices})
		? {type: 'empty'}
		: {type: 'ready'};
}

/**
The Service port that a backend names. ingress-nginx also takes a number or name that equals the targetPort
(controller.go serviceEndpoints); nobody else does. An empty name never equals an empty name.
*/
export function portOf(
	profile: IngressProfile,
	{ports}: Service,
	wanted: {readonly name?: string; readonly number?: number},
): ServicePort | undefined {
	if (wanted.name === undefined && wanted.number === undefined) {
		return ports[0];
	}

	const exact = ports.find(({name, port}) => port === wanted.number || (name !== '' && name === wanted.name));
	return (
		exact ?? (profile === 'ingress-nginx' ? ports.find((port) => fitsTargetPort(port, wanted)) : undefined)
	);
}

/** Whether what a backend says as the Service port is the targetPort: a common slip. */
export function fitsTargetPort(
	{targetPort}: ServicePort,
	{name, number}: {readonly name?: string; readonly number?: number},
): boolean {
	return targetPort === number || (name !== undefined && name !== '' && targetPort === name);
}

function hasEndpoints(
	profile: IngressProfile,
	{
		service,
		port,
		slices,
	}: {readonly service: Service; readonly port: ServicePort; readonly slices: readonly EndpointSlice[]},
): boolean {
	if (profile === 'ingress-nginx') {
		return nginxEndpoints({service, port, protocol: 'TCP', slices, zone: ''}).length > 0;
	}

	return slices.some(
		(slice) =>
			slice.ports.some((item) => item.name === port.name && item.port) &&
			// Traefik goes by `serving`, which a terminating pod still has (loadService).
			slice.endpoints.some(({ready, serving}) => (profile === 'traefik' ? serving : ready)),
	);
}
