import {envoyAnswers} from './answers.ts';
import {specProfile} from './gateway-profile.ts';
import type {ControllerRecord} from './record.ts';

export const envoyGateway: ControllerRecord = {
	implementation: 'Envoy Gateway',
	sources: ['envoyproxy/gateway 1.6: internal/gatewayapi', 'a running Envoy Gateway 1.9.1 with Envoy 1.40.0'],
	images: ['envoyproxy/gateway'],
	names: [],
	flags: [],
	managed: false,
	annotations: [],
	gateway: {
		controllerNames: ['gateway.envoyproxy.io/gatewayclass-controller'],
		gatewayLabels: ['gateway.envoyproxy.io/owning-gateway-name'],
		names: [],
		bypassesProxy: true,
		profile: () => specProfile,
		answers: () => envoyAnswers,
	},
};
