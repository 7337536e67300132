import {envoyAnswers} from './answers.ts';
import {gatewayNameLabel, envoyProfile} from './gateway-profile.ts';
import {byAppProtocol} from './gateway-protocol.ts';
import type {ControllerRecord} from './record.ts';

export const kgateway: ControllerRecord = {
	implementation: 'kgateway',
	sources: ['kgateway-dev/kgateway 2.2'],
	images: ['kgateway-dev/kgateway'],
	names: [],
	flags: [],
	managed: false,
	annotations: [],
	gateway: {
		controllerNames: ['kgateway.dev/', 'solo.io/gloo-gateway'],
		gatewayLabels: [gatewayNameLabel],
		names: [],
		bypassesProxy: true,
		speaks: byAppProtocol,
		profile: () => envoyProfile,
		answers: () => envoyAnswers,
	},
};
