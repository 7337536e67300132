import {accessFindings} from './access-catalogue.ts';
import type {CatalogueEntry} from './catalogue-entry.ts';
import {controllerFindings} from './controller/catalogue.ts';
import {gatewayFindings} from './controller/gateway/catalogue.ts';
import {hostFindings} from './dns/catalogue.ts';
import {clusterDnsFindings} from './dns/cluster-dns/cluster-dns-catalogue.ts';
import {endpointsFindings} from './endpoints/catalogue.ts';
import {kubeProxyFindings} from './kube-proxy/catalogue.ts';
import {loadBalancerFindings} from './load-balancer/catalogue.ts';
import {meshFindings} from './mesh/catalogue.ts';
import {networkPolicyFindings} from './network-policy/catalogue.ts';
import {podFindings} from './pod/catalogue.ts';
import {podNetworkFindings} from './pod-network/catalogue.ts';
import {routeFindings} from './route/catalogue.ts';
import {gatewayRouteFindings} from './route/gateway/catalogue.ts';
import {routerFindings} from './route/router/catalogue.ts';
import {serviceFindings} from './service/catalogue.ts';

/**
Every finding knet can make, by code: the sum of the rooms' catalogues, for `knet explain`, findings.md, the root cause of a path and tests.
The rooms of the hops import their own catalogue only.
*/
export const catalogue: Readonly<Record<string, CatalogueEntry>> = Object.fromEntries(
	[
		hostFindings,
		clusterDnsFindings,
		loadBalancerFindings,
		controllerFindings,
		gatewayFindings,
		routeFindings,
		gatewayRouteFindings,
		routerFindings,
		serviceFindings,
		endpointsFindings,
		kubeProxyFindings,
		podNetworkFindings,
		networkPolicyFindings,
		podFindings,
		meshFindings,
		accessFindings,
	]
		.flatMap((room): readonly CatalogueEntry[] => Object.values(room))
		.map((entry) => [entry.code, entry]),
);
