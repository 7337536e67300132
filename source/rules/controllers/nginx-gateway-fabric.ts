import {nginxAnswers} from './answers.ts';
import {gatewayNameLabel, specProfile} from './gateway-profile.ts';
import {byAppProtocol} from './gateway-protocol.ts';
import type {ControllerRecord} from './record.ts';

export const nginxGatewayFabric: ControllerRecord = {
	implementation: 'NGINX Gateway Fabric',
	sources: ['nginx/nginx-gateway-fabric 2.0: internal/controller'],
	images: ['nginx/nginx-gateway-fabric', 'nginxinc/nginx-gateway-fabric'],
	names: [],
	flags: [],
	managed: false,
	annotations: [],
	gateway: {
		controllerNames: ['gateway.nginx.org/'],
		gatewayLabels: [gatewayNameLabel],
		names: ['nginx-gateway', 'nginx-gateway-fabric'],
		bypassesProxy: true,
		speaks: byAppProtocol,
		// A server block for each hostname (nginx, server_name).
		profile: () => ({...specProfile, isolatesHosts: true}),
		answers: () => nginxAnswers,
	},
};
