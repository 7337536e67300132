import {nginxAnswers} from './record/answers.ts';
import {gatewayNameLabel, specProfile} from './record/gateway-profile.ts';
import {byAppProtocol} from './record/gateway-protocol.ts';
import {isBefore} from '../version.ts';
import type {ControllerRecord} from './record/record.ts';

export const nginxGatewayFabric: ControllerRecord = {
	implementation: 'NGINX Gateway Fabric',
	sources: [
		'nginx/nginx-gateway-fabric 2.6.7: internal/controller/nginx/config/servers.go, servers_template.go, internal/controller/nginx/modules/src/httpmatches.js, internal/controller/state/graph/backend_refs.go, CHANGELOG.md',
	],
	images: ['nginx/nginx-gateway-fabric', 'nginxinc/nginx-gateway-fabric'],
	gateway: {
		controllerNames: ['gateway.nginx.org/'],
		gatewayLabels: [gatewayNameLabel],
		names: ['nginx-gateway', 'nginx-gateway-fabric'],
		bypassesProxy: true,
		speaks: byAppProtocol,
		profile: ({version}) => ({
			...specProfile,
			// A server block for each hostname (nginx, server_name), a location for each path, where njs looks at all else.
			isolatesHosts: true,
			isolatesPaths: true,
			// Since 2.5 nginx looks at expressions before prefixes; before, a prefix that fits ended the search (CHANGELOG).
			pathTypes: isBefore(version, [2, 5, 0])
				? ['Exact', 'PathPrefix', 'RegularExpression']
				: ['Exact', 'RegularExpression', 'PathPrefix'],
			// `location ~ ^PATH` since 2.5, `location ~ PATH` before (servers.go, createPath; CHANGELOG); njs tests any part of a value.
			wholeRegex: false,
			startsPathRegex: !isBefore(version, [2, 5, 0]),
			anyHeaderValue: true,
			// The default server of a TLS port rejects the handshake (servers_template.go).
			tlsByListener: true,
			// validateRouteBackendRef: any filter makes the backend invalid.
			backendFilter: () => 'fails',
			// They need a DNS resolver in the NginxProxy, since 2.2.
			externalNames: 'if-resolved',
		}),
		// 503 for a Service without endpoints since 1.5 (CHANGELOG).
		answers: ({version}) => ({
			...nginxAnswers,
			'no-endpoints': isBefore(version, [1, 5, 0]) ? 'http-502' : 'http-503',
		}),
	},
};
