import {load} from 'js-yaml';
import {expect, test} from 'vitest';
import {projectAttachedPolicy} from '../../../source/projection/policies/attached-policy.ts';
import type {Wire} from '../../../source/projection/wire.ts';

const gateOf = (extAuth: string) =>
	projectAttachedPolicy(
		load(`
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata: {name: own, namespace: shop}
spec: {targetRefs: [{kind: HTTPRoute, name: site}], extAuth: ${extAuth}}
`) as Wire,
	).gate;

const login = {namespace: undefined, name: 'login', port: 9000};

// api/v1alpha1/ext_auth_types.go and internal/gatewayapi/ext_service.go of Envoy Gateway.
test.each([
	['{http: {backendRefs: [{name: login, port: 9000}]}}', [login]],
	['{grpc: {backendRef: {name: login, port: 9000}}}', [login]],
	['{http: {backendRef: {name: old, port: 1}, backendRefs: [{name: login, port: 9000}]}}', [login]],
	['{http: {backendRefs: [{name: login, port: 9000}, {name: drained, port: 9000, weight: 0}]}}', [login]],
	['{http: {backendRefs: [{name: login, port: 9000}, {kind: Backend, name: outside}]}}', []],
])('extAuth %s', (extAuth, expected) => {
	expect(gateOf(extAuth)?.asks).toEqual(expected);
});

test('where the asked service is silent, requests get 403, or what the policy says', () => {
	expect(gateOf('{http: {backendRefs: [{name: login, port: 9000}]}}')?.whenSilent).toBe(403);
	expect(gateOf('{statusOnError: 503, http: {backendRefs: [{name: login, port: 9000}]}}')?.whenSilent).toBe(
		503,
	);
});
