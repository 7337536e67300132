import {specProfile} from './gateway-profile.ts';
import type {ControllerRecord} from './record.ts';

export const awsLattice: ControllerRecord = {
	implementation: 'AWS Gateway API Controller (VPC Lattice)',
	sources: ['aws/aws-application-networking-k8s: docs'],
	images: [],
	names: [],
	flags: [],
	managed: true,
	annotations: [],
	gateway: {
		controllerNames: ['application-networking.k8s.aws/'],
		gatewayLabels: [],
		names: [],

		profile: () => specProfile,
	},
};
