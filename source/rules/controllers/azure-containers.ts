import {byElements, byText, byWholeRegex, exactly, longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type Reading} from '../ingress/route-by.ts';
import {byClassObject} from './record/classes.ts';
import {specProfile} from './record/gateway-profile.ts';
import type {ControllerRecord} from './record/record.ts';

const controllerNames = ['alb.networking.azure.io/alb-controller'];

const readsSpecific = 'how it reads ImplementationSpecific is not documented';

const reading: Reading = {
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: byText},
	order: longerFirst,
	isolatesHosts: true,
	defaults: 'any-host',
};

// 503 "no healthy upstream" (MicrosoftDocs/azure-docs#124454).
const answers = {'no-rule': 'http-404', 'no-endpoints': 'http-503', refused: 'http-503'} as const;

export const azureContainers: ControllerRecord = {
	implementation: 'Azure Application Gateway for Containers',
	sources: [
		'Application Gateway for Containers documentation: custom health probe (2024-05), Ingress API examples; Azure/AKS#5644, #5449: it asks / though there is a readiness probe',
	],
	managed: true,
	annotations: ['alb.networking.azure.io/'],
	ingress: {
		profile: 'azure-containers',
		controllerNames,
		annotationClasses: ['azure-alb-external'],
		takes: (requested, claimant) =>
			requested.className === undefined
				? requested.annotation === 'azure-alb-external'
				: byClassObject(requested, claimant, {
						controllers: controllerNames,
						usualNames: ['azure-alb-external'],
					}),
		route: routeBy({
			all: [byText, byElements, byWholeRegex, exactly].map((fit) => ({
				...reading,
				paths: {...reading.paths, ImplementationSpecific: fit},
			})),
			assumption: readsSpecific,
		}),
		bypassesProxy: () => true,
		answers: () => answers,
		unknowns: () => [readsSpecific, 'what its health check asks of a pod, where an Ingress leads to it'],
	},
	gateway: {
		controllerNames: ['alb.networking.azure.io/'],
		gatewayLabels: [],
		// Its targets are pods.
		bypassesProxy: true,
		healthCheckedBy: 'a HealthCheckPolicy',
		answers: () => ({'no-endpoints': 'http-503', refused: 'http-503'}),
		profile: () => specProfile,
	},
};
