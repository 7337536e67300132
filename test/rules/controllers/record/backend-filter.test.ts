import {expect, test} from 'vitest';
import type {RouteFilter} from '../../../../source/model/routes/gateway.ts';
import {envoyGateway} from '../../../../source/rules/controllers/envoy-gateway.ts';
import type {ControllerRecord} from '../../../../source/rules/controllers/record/record.ts';
import {traefik} from '../../../../source/rules/controllers/traefik.ts';

const redirect: RouteFilter = {type: 'RequestRedirect', hostname: 'other.example.com', statusCode: 302};
const host: RouteFilter = {type: 'URLRewrite', hostname: 'other.example.com'};
const path: RouteFilter = {type: 'URLRewrite', path: {type: 'ReplaceFullPath', value: '/x'}};
const mirror: RouteFilter = {type: 'RequestMirror', backend: {kind: 'Service', namespace: 'shop', name: 'b'}};

function effect(
	record: ControllerRecord,
	filter: RouteFilter,
	version?: readonly [number, number, number],
): string | undefined {
	return record.gateway?.profile({flags: {}, version}).backendFilter(filter);
}

test.each([
	['3.6 does not read a redirect', [3, 6, 13], redirect, 'ignored'],
	['3.7 redirects', [3, 7, 0], redirect, 'applied'],
	['3.7 has no mirror', [3, 7, 0], mirror, 'fails'],
	['an unknown version may do either', undefined, redirect, undefined],
] as const)('Traefik: %s', (_title, version, filter, expected) => {
	expect(effect(traefik, filter, version)).toBe(expected);
});

test.each([
	['1.6 takes no other host', [1, 6, 0], host, 'fails'],
	['1.7 takes another host', [1, 7, 0], host, 'applied'],
	['1.9 takes no other path', [1, 9, 0], path, 'fails'],
	['no version redirects', undefined, redirect, 'fails'],
] as const)('Envoy Gateway: %s', (_title, version, filter, expected) => {
	expect(effect(envoyGateway, filter, version)).toBe(expected);
});
