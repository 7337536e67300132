import {specProfile} from './record/gateway-profile.ts';
import type {ControllerRecord} from './record/record.ts';

export const awsLattice: ControllerRecord = {
	implementation: 'AWS Gateway API Controller (VPC Lattice)',
	sources: ['aws/aws-application-networking-k8s: docs'],
	managed: true,
	// Link-local 169.254.171.0/24 (aws-application-networking-k8s#45).
	sender: {identity: 'outside', addresses: ['169.254.171.0', '169.254.171.255']},
	gateway: {
		controllerNames: ['application-networking.k8s.aws/'],
		gatewayLabels: [],
		// Its targets are pods.
		bypassesProxy: true,
		routeAddress: 'application-networking.k8s.aws/lattice-assigned-domain-name',
		profile: () => specProfile,
	},
};
