import {expect, test} from 'vitest';
import {parseTarget} from '../../../../source/path/target-text.ts';
import {walk} from '../../../../source/path/walk/walk.ts';
import {snapshotOf} from '../../../helpers/snapshot.ts';

const gateway = (controllerName: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: c, generation: 1}
spec: {controllerName: ${controllerName}}
status: {conditions: [{type: Accepted, status: "True", reason: Accepted, observedGeneration: 1}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop, generation: 1}
spec: {gatewayClassName: c, listeners: [{name: http, port: 80, protocol: HTTP}]}
status:
  addresses: [{type: IPAddress, value: 203.0.113.20}]
  conditions: [{type: Accepted, status: "True", observedGeneration: 1}, {type: Programmed, status: "True", observedGeneration: 1}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: echo, namespace: shop, generation: 1}
spec:
  parentRefs: [{name: gw}]
  hostnames: [echo.example.com]
  rules: [{matches: [{method: {service: echo.Echo, method: Ping}}], backendRefs: [{name: echo, port: 9000}]}]
`;

// An answer of Envoy's own to a request of gRPC is HTTP 200 (source/common/http/utility.cc, sendLocalReply).
test.each([
	['gateway.envoyproxy.io/gatewayclass-controller', 'application/grpc', 'grpc-12'],
	['gateway.envoyproxy.io/gatewayclass-controller', 'application/json', 'http-404'],
	['gateway.nginx.org/nginx-gateway-controller', 'application/grpc', 'http-404'],
])(
	'%s answers a request with content-type %s that no rule takes by %s',
	(controllerName, value, expected) => {
		const headers = [{name: 'content-type', value}];
		const parsed = parseTarget('http://echo.example.com/echo.Echo/Pong', {headers, method: 'POST'});
		if ('problem' in parsed) {
			throw new Error(parsed.problem);
		}

		const {paths} = walk(snapshotOf(gateway(controllerName)), {target: parsed.value, namespace: 'shop'});
		expect(paths.map(({symptom}) => symptom)).toEqual([expected]);
	},
);
