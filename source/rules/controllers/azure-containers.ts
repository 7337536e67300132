import {specProfile} from './record/gateway-profile.ts';
import type {ControllerRecord} from './record/record.ts';

export const azureContainers: ControllerRecord = {
	implementation: 'Azure Application Gateway for Containers',
	sources: [
		'Application Gateway for Containers documentation: custom health probe (2024-05); Azure/AKS#5644, #5449: it asks / though there is a readiness probe',
	],
	managed: true,
	gateway: {
		controllerNames: ['alb.networking.azure.io/'],
		gatewayLabels: [],
		// Its targets are pods.
		bypassesProxy: true,
		healthCheckedBy: 'a HealthCheckPolicy',
		// 503 "no healthy upstream" (MicrosoftDocs/azure-docs#124454).
		answers: () => ({'no-endpoints': 'http-503', refused: 'http-503'}),
		profile: () => specProfile,
	},
};
