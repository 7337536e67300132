import {specProfile} from './gateway-profile.ts';
import type {ControllerRecord} from './record.ts';

export const azureContainers: ControllerRecord = {
	implementation: 'Azure Application Gateway for Containers',
	sources: ['Application Gateway for Containers documentation'],
	images: [],
	names: [],
	flags: [],
	managed: true,
	annotations: [],
	gateway: {
		controllerNames: ['alb.networking.azure.io/'],
		gatewayLabels: [],
		names: [],
		// Its targets are pods.
		bypassesProxy: true,

		profile: () => specProfile,
	},
};
